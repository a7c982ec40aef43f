import type { Dispatcher } from 'undici'
import { BOUNDS } from './bounds.ts'
import type { Arrival, End, Exchange, Header, HttpResponseHead } from './exchange.ts'
import { describeFailure } from './describe-failure.ts'
import type { Terminator } from './terminator.ts'
import { terminatorWatch } from './terminator-watch.ts'

export interface RecorderOptions {
  /** From the call to the end of the body, in milliseconds. */
  readonly timeoutMs: number
  /** The event after which the server has `lingerMs` left to close the body. */
  readonly terminator?: Terminator
  readonly lingerMs?: number
  /** Hangs up; the exchange then ends as `aborted`. */
  readonly signal?: AbortSignal
  /** Told of each piece of the body as it arrives. */
  readonly onArrival?: (arrival: Arrival) => void
}

export type Recording = Pick<Exchange, 'startedAt' | 'connectMs' | 'response' | 'arrivals' | 'end'>

const DEFAULT_LINGER_MS = 1_500

const IMPOSSIBLE = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
])

/** Takes down what undici reports of one exchange, until it ends or one of the bounds is reached. */
export class Recorder implements Dispatcher.DispatchHandler {
  /** Resolves when the exchange is over, however it ended; rejects when no request could be made. */
  readonly recording: Promise<Recording>
  readonly #options: RecorderOptions
  readonly #hasTerminated: (bytes: Buffer) => boolean
  readonly #resolve: (recording: Recording) => void
  readonly #reject: (error: unknown) => void
  readonly #startedAt = new Date().toISOString()
  /** Of `performance.now()`. */
  readonly calledAt = performance.now()
  readonly #deadline: NodeJS.Timeout
  readonly #arrivals: Arrival[] = []
  /** When the request was sent; `null` as long as it was not. */
  sentAt: number | null = null
  #controller: Dispatcher.DispatchController | undefined
  #response: HttpResponseHead | null = null
  #size = 0
  #reads = 0
  #linger: NodeJS.Timeout | undefined
  #over = false

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#hasTerminated =
      options.terminator === undefined ? () => false : terminatorWatch(options.terminator)
    const { promise, resolve, reject } = Promise.withResolvers<Recording>()
    this.recording = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#deadline = this.#endAfter(options.timeoutMs, 'timeout')
    if (options.signal?.aborted) this.hangUp()
    else options.signal?.addEventListener('abort', this.hangUp, { once: true })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.sentAt = performance.now()
    this.#controller = controller
    if (this.#over) controller.abort(new Error('the exchange is over'))
  }

  onResponseStart(
    { rawHeaders }: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText = '',
  ): void {
    if (this.#over || status < 200) return
    const atMs = this.#since(this.arrivedAt())
    this.#response = { status, statusText, headers: toPairs(rawHeaders), atMs }
  }

  onResponseData(_controller: unknown, bytes: Buffer): void {
    if (this.#over) return
    const arrival = { atMs: this.#since(this.arrivedAt()), bytes }
    const isKept = this.keep(arrival)
    this.#size += bytes.length
    this.#reads += 1
    if (!isKept || !isWithin(this.#size, this.#reads)) {
      this.#end({ how: 'too-large', atMs: arrival.atMs })
    } else if (!this.#linger && this.#hasTerminated(bytes)) {
      this.#linger = this.#endAfter(this.#options.lingerMs ?? DEFAULT_LINGER_MS, 'held-open')
    }
    this.#options.onArrival?.(arrival)
  }

  onResponseEnd(): void {
    this.#end({ how: 'complete', atMs: this.#since(this.arrivedAt()) })
  }

  onResponseError(_controller: unknown, error: unknown): void {
    if (isImpossible(error)) this.#reject(error)
    this.#end({ how: 'failed', atMs: this.#now(), ...describeFailure(error) })
  }

  /** Ends the exchange as `aborted`. */
  readonly hangUp = () => this.#end({ how: 'aborted', atMs: this.#now() })

  /** When what is being reported came in, or happened, on `performance.now()`. */
  protected arrivedAt(): number {
    return performance.now()
  }

  /** Keeps a piece of the body; `false` when there is no room for it. */
  protected keep(arrival: Arrival): boolean {
    this.#arrivals.push(arrival)
    return true
  }

  /** Has what has come in reported, where that was put off. */
  protected catchUp(): void {}

  #endAfter(ms: number, how: 'timeout' | 'held-open'): NodeJS.Timeout {
    const end = () => {
      this.catchUp()
      this.#end({ how, atMs: this.#now() })
    }
    // When this thread was held up, its timers have their turn before what came in meanwhile.
    return setTimeout(() => setImmediate(end), ms)
  }

  #now(): number {
    return this.#since(performance.now())
  }

  #since(moment: number): number {
    return round(moment - (this.sentAt ?? this.calledAt))
  }

  #end(end: End): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#deadline)
    clearTimeout(this.#linger)
    this.#options.signal?.removeEventListener('abort', this.hangUp)
    // Where our own bounds cut it, the connection has no further use.
    if (end.how !== 'complete' && end.how !== 'failed') {
      this.#controller?.abort(new Error(end.how))
    }
    this.#resolve({
      startedAt: this.#startedAt,
      connectMs: this.sentAt === null ? null : round(this.sentAt - this.calledAt),
      response: this.#response,
      arrivals: this.#arrivals,
      end,
    })
  }
}

/** Whether a body may have so much. */
function isWithin(bytes: number, reads: number): boolean {
  return bytes <= BOUNDS.answer.bytes && reads <= BOUNDS.answer.reads
}

/** The request could not be made at all: the caller's mistake, not an answer. */
function isImpossible(error: unknown): boolean {
  return IMPOSSIBLE.has(Object(error).code)
}

/** The headers that undici hands over as they came, each name and then its value. */
function toPairs(raw: unknown): Header[] {
  const flat = Array.isArray(raw) ? raw.map(String) : []
  return Array.from({ length: flat.length / 2 }, (_, i) => [
    flat[2 * i] ?? '',
    flat[2 * i + 1] ?? '',
  ])
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
