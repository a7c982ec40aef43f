import type { Dispatcher } from 'undici'
import { BOUNDS } from './bounds.ts'
import { endToEnd } from './end-to-end.ts'
import type { Arrival, End, HttpRequest } from './exchange.ts'
import { HandOver } from './hand-over.ts'
import type { LiveReply } from './live-reply.ts'
import { Recorder, type RecorderOptions, type Recording, toPairs } from './recorder.ts'
import type { BytesFrame } from './reply.ts'

export interface RelayOptions extends Pick<RecorderOptions, 'timeoutMs' | 'signal' | 'onArrival'> {
  /** Whose connections are used. */
  readonly dispatcher: Dispatcher
  /** How much of the body the record keeps, in bytes; as much as `BOUNDS` says, when absent. */
  readonly keepBytes?: number
}

/** What was seen of an exchange that passed through. */
interface RelayRecord extends Recording {
  /** Of the body, whether they are kept or not. */
  readonly passedBytes: number
  /** Whether `arrivals` lack what came later; `end` is that of the whole body even so. */
  readonly isCut: boolean
}

/** An exchange that passes through. */
export interface Relayed {
  /** The upstream's answer as it comes; `null` where it gave none, and `record` says why. */
  readonly reply: LiveReply | null
  /** Resolves when the upstream's part is over, however it ended. */
  readonly record: Promise<RelayRecord>
}

/**
 * Sends a request upstream, and gives the answer, as soon as its head is there, to be played: its bytes
 * pass untouched, whatever their coding, no faster than the reader takes them, and a record of them is
 * kept beside, within a bound.
 *
 * Who reads may leave at any time; that ends the request. An answer that breaks off upstream throws, so
 * that it never ends well for its reader. Headers that are for one connection alone stay behind.
 *
 * @throws as `record` does, for a request that cannot be made.
 */
export async function relay(request: HttpRequest, options: RelayOptions): Promise<Relayed> {
  const { origin, pathname, search } = new URL(request.url)
  const recorder = new RelayRecorder(options)
  const record = recorder.recording.then((recording) => ({ ...recording, ...recorder.passed }))
  if (!options.signal?.aborted) {
    options.dispatcher.dispatch(
      {
        origin,
        path: pathname + search,
        method: request.method,
        headers: headersFor(request).flat(),
        body: request.body,
      },
      recorder,
    )
  }
  const reply = await Promise.race([recorder.reply, record.then(() => null)])
  return { reply, record }
}

/** These the client makes itself, or never sends. */
const OF_THE_CLIENT = new Set(['host', 'content-length', 'expect'])

function headersFor({ headers }: HttpRequest) {
  return endToEnd(headers).filter(([name]) => !OF_THE_CLIENT.has(name.toLowerCase()))
}

/** Takes down an exchange, and hands its body over. */
class RelayRecorder extends Recorder {
  /** Resolves when there is a head. */
  readonly reply: Promise<LiveReply>
  readonly #answer: (reply: LiveReply) => void
  readonly #frames: HandOver<BytesFrame>
  readonly #keepBytes: number
  #controller: Dispatcher.DispatchController | undefined
  #passedBytes = 0
  #reads = 0
  #isCut = false

  constructor({ keepBytes = BOUNDS.answer.bytes, ...options }: RelayOptions) {
    super(options)
    this.#keepBytes = keepBytes
    const { promise, resolve } = Promise.withResolvers<LiveReply>()
    this.reply = promise
    this.#answer = resolve
    this.#frames = new HandOver({
      onWanted: () => this.#controller?.resume(),
      onLeft: this.hangUp,
    })
    const broken = () => this.#frames.end()
    this.recording.then(({ end }) => this.#frames.end(breakBy(end)), broken)
  }

  get passed(): Pick<RelayRecord, 'passedBytes' | 'isCut'> {
    return { passedBytes: this.#passedBytes, isCut: this.#isCut }
  }

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    super.onRequestStart(controller)
  }

  override onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: unknown,
    statusText?: string,
  ): void {
    super.onResponseStart(controller, status, headers, statusText)
    if (status < 200) return
    // As Node.js writes them: so each byte stays what it is.
    const raw = toPairs(controller.rawHeaders, (bytes) => bytes.toString('latin1'))
    this.#answer({ status, headers: endToEnd(raw), frames: this.#frames })
  }

  override onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    super.onResponseData(controller, bytes)
    this.#passedBytes += bytes.length
    if (!this.#frames.put({ kind: 'bytes', atMs: 0, bytes })) controller.pause()
  }

  protected override isWithin(): boolean {
    return true
  }

  protected override keep({ atMs, bytes }: Arrival): boolean {
    if (this.#isCut) return true
    const room = Math.max(0, this.#keepBytes - this.#passedBytes)
    const kept =
      ++this.#reads > BOUNDS.answer.reads ? bytes.subarray(0, 0) : bytes.subarray(0, room)
    this.#isCut = kept.length < bytes.length
    return kept.length === 0 || super.keep({ atMs, bytes: kept })
  }
}

function breakBy(end: End): Error | undefined {
  if (end.how === 'complete') return undefined
  const how = end.how === 'failed' ? `${end.message} (${end.code})` : end.how
  return new Error(`The upstream's answer broke off after ${end.atMs} ms: ${how}.`)
}
