import { inTime } from '../in-time.ts'
import { clock } from '../runtime.ts'
import type { ApiError, JsonObject } from '../../protocol/index.ts'
import type { Attempt, Outcome } from '../account/turn-record.ts'
import type { Begun, TurnListener } from '../cascade/cascade.ts'
import { type ToldUsage, writeUsage } from '../repair/read-usage.ts'
import type { Sent } from '../repair/repair.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { AnswerWriter } from './answer-writer.ts'
import type { Written } from './count-usage.ts'
import { saidIn } from './said-in.ts'
import { errorForCaller } from './error-for-caller.ts'
import { OwnChunks } from './own-chunks.ts'
import { writtenIn } from './written-in.ts'

/** What is written at one moment. */
export interface Piece {
  /** By the clock of the process. */
  readonly at: number
  /** As server-sent events; nothing where it is answered whole. */
  readonly text: string
  /** What the caller hears of it. */
  readonly said: string
  readonly isContent: boolean
  readonly what: 'answer' | 'buffer-words' | 'end'
}

/** What is said while nothing is there to be said. */
export interface Waiting {
  readonly afterMs: number
  /** Chosen when they are said: most answers come before. */
  readonly words: () => string
}

export interface AnsweringOptions {
  readonly writer: AnswerWriter
  /** Under which name the model is configured. */
  readonly model: string
  /** Whether it is sent as it comes, so that its chunks need not be kept. */
  readonly isStreamed: boolean
  /** Whether an answer that was given before may be given again. */
  readonly isCached: boolean
  /** Makes the answer; resolves when it is over. */
  readonly answer: (signal: AbortSignal, listener: TurnListener) => Promise<void>
  readonly bufferWords: Waiting | undefined
  readonly apology: string | undefined
  /** Told of what is no failure of an upstream. */
  readonly onError: ((error: unknown) => void) | undefined
  /** Counts what was taken, where the upstream does not tell. */
  readonly count?: (answer: Written) => Promise<ToldUsage>
  /** Whether the caller is told. */
  readonly tellsUsage: boolean
  /** Keeps the response, so that it can be gone on from. */
  readonly keep?: (response: JsonObject) => Promise<void>
  /** Called when nothing more is said, however it ended. */
  readonly onOver: (answering: Answering) => void
}

/** `left`: by all who read it. */
type Ended =
  | Extract<Outcome, 'answered' | 'apologized' | 'failed' | 'superseded' | 'drained'>
  | 'left'

/** The end of an answer waits no longer to be counted. */
const COUNT_MS = 1_000
/** Nor to be kept. */
const KEEP_MS = 250

/** What may end before its upstream tells what it took. Who is stopped has no time left to count. */
const CUT: ReadonlySet<Ended> = new Set(['left', 'superseded', 'failed'])

/** Mistakes of who configured the gateway, or of who asked, are not to be talked over. */
const TOLD_PLAINLY = new Set(['refused', 'unauthorized'])

/** One answer while it is made, for all who asked for it: they read what there is, and wait for more. */
export class Answering {
  readonly startedAt = clock.now()
  readonly pieces: Piece[] = []
  /** All chunks, where it is answered whole. */
  readonly chunks: JsonObject[] = []
  readonly attempts: Attempt[] = []
  /** How it ended. */
  ended: Ended | undefined
  /** Why nothing was said, where nothing was. */
  failure: ApiError | undefined
  begun: Begun | undefined
  readonly #options: AnsweringOptions
  readonly #writer: AnswerWriter
  readonly #abort = new AbortController()
  #waiting: (() => void)[] = []
  /** In the order in which they came; who left before it was over is none of them, unless nobody is left. */
  readonly #readers = new Set<object>()
  readonly #own: OwnChunks
  /** What of it may have to be counted. */
  #written = ''
  #counted: ToldUsage | undefined
  #whole: JsonObject | undefined
  /** The upstream that was asked last, and has not failed before its first content. */
  #asking: { readonly upstream: Upstream; readonly at: number } | undefined
  #callOff = () => {}

  constructor(options: AnsweringOptions) {
    this.#options = options
    this.#writer = options.writer
    this.#own = new OwnChunks(options.model)
  }

  get cache(): 'off' | 'miss' | 'hit' {
    if (!this.#options.isCached) return 'off'
    return this.begun && !this.begun.upstream ? 'hit' : 'miss'
  }

  /** What the caller hears. */
  get said(): string {
    return this.pieces.map(({ said }) => said).join('')
  }

  get usage(): ToldUsage | undefined {
    return this.begun?.told.usage ?? this.#counted
  }

  /**
   * Counts what an answer has taken that ended before its upstream told; `undefined` where there is
   * nothing to be counted.
   */
  countCut(): Promise<void> | undefined {
    const { count } = this.#options
    if (!this.ended || !CUT.has(this.ended)) return undefined
    if (!count || !this.begun?.upstream || this.usage) return undefined
    return this.#count(count).then((counted) => void (this.#counted = counted))
  }

  /** All that was said, as one answer. */
  get whole(): JsonObject {
    return (this.#whole ??= this.#writer.whole(this.chunks))
  }

  /** Resolves when something is there to be read behind the first `from` pieces, or nothing follows. */
  more(from: number): Promise<void> | undefined {
    if (this.pieces.length > from || this.ended) return undefined
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Somebody reads; the first one begins it. */
  enter(reader: object): void {
    this.#readers.add(reader)
    if (this.#readers.size === 1 && !this.ended && this.attempts.length === 0 && !this.begun)
      void this.#run()
  }

  /** Whether it goes on somebody's account: of all who read it, the first. */
  isFor(reader: object): boolean {
    const [first] = this.#readers
    return first === reader
  }

  /** Somebody does not read any more; the last one ends it. */
  leave(reader: object): void {
    if (this.ended) return
    if (this.#readers.size > 1) {
      this.#readers.delete(reader)
      return
    }
    this.#abort.abort(new DOMException('The caller has left.', 'AbortError'))
    this.#over('left')
  }

  /** Ends it before its time: what was said stands. */
  endWell(how: 'superseded' | 'drained'): void {
    if (this.ended) return
    this.#abort.abort(new DOMException('The answer is not wanted any more.', 'AbortError'))
    if (this.pieces.length === 0) this.failure = NOT_WANTED[how]
    else {
      this.#put('end', this.#own.ending(), () => this.#writer.end())
      void this.#keep()
    }
    this.#over(how)
  }

  async #run(): Promise<void> {
    this.#sayLater(this.#options.bufferWords)
    try {
      await this.#options.answer(this.#abort.signal, {
        asks: (upstream) => (this.#asking = { upstream, at: clock.now() }),
        failed: (attempt) => {
          this.#asking = undefined
          this.attempts.push(attempt)
        },
        begun: (begun) => {
          this.#callOff()
          if (!this.ended) this.begun = begun
        },
        said: (sent) => {
          if (!this.ended) this.#put('answer', sent)
        },
      })
      if (this.begun && !this.ended) await this.#countUsage(this.begun)
      if (this.ended) return
      // Who has heard the end may go on from it at once.
      await this.#keep()
      if (this.ended) return
      this.#put('end', [], () => this.#writer.end())
      this.#over('answered')
    } catch (error) {
      this.#fail(error)
    }
  }

  async #countUsage({ upstream, told }: Begun): Promise<void> {
    const { count, tellsUsage } = this.#options
    // What was given before takes nothing again.
    if (told.usage || !count || !(upstream || tellsUsage)) return
    const counted = await this.#count(count)
    if (!counted || this.ended) return
    if (upstream) this.#counted = counted
    if (!tellsUsage) return
    this.#put('answer', [this.#own.telling(writeUsage(counted))])
  }

  #count(count: NonNullable<AnsweringOptions['count']>): Promise<ToldUsage | undefined> {
    const reasoning = this.begun?.told.reasoning ?? ''
    return inTime(COUNT_MS, () => count({ text: this.#written, reasoning }))
  }

  async #keep(): Promise<void> {
    const { keep, isStreamed } = this.#options
    if (!keep) return
    const response = isStreamed ? this.#writer.response?.() : this.whole
    if (response) await inTime(KEEP_MS, () => keep(response))
  }

  #sayLater(waiting: Waiting | undefined): void {
    if (!waiting) return
    this.#callOff = clock.at(this.startedAt + waiting.afterMs, () => {
      this.#put('buffer-words', [this.#own.saying(waiting.words())])
    })
  }

  #fail(error: unknown): void {
    if (this.ended) return
    const { apology, onError } = this.#options
    if (!(error instanceof UpstreamError)) onError?.(error)
    const isPlain = error instanceof UpstreamError && TOLD_PLAINLY.has(error.fault)
    if (apology !== undefined && !this.begun && !isPlain) {
      this.#put('answer', [this.#own.saying(apology)])
      this.#put('end', this.#own.ending(), () => this.#writer.end())
      return this.#over('apologized')
    }
    this.failure = errorForCaller(error)
    const { failure } = this
    if (this.pieces.length > 0) this.#put('end', [], () => this.#writer.fail(failure))
    this.#over('failed', error)
  }

  #put(what: Piece['what'], sent: readonly Sent[], end = () => ''): void {
    // Our own chunks are in it already.
    const envelope = what === 'answer' && this.begun ? this.#own.envelope : undefined
    const { isStreamed, count } = this.#options
    for (const { chunk } of sent) {
      this.#own.note(chunk)
      if (!isStreamed) this.chunks.push(chunk)
    }
    if (what === 'answer' && count) this.#written += writtenIn(sent)
    this.pieces.push({
      at: clock.now(),
      text: isStreamed ? this.#writer.write(sent, envelope) + end() : '',
      said: saidIn(sent),
      isContent: sent.some(({ isContent }) => isContent),
      what,
    })
    this.#wake()
  }

  #over(how: Ended, error?: unknown): void {
    this.ended = how
    if (this.#asking) {
      const { upstream, at } = this.#asking
      this.attempts.push(attemptOf(upstream, clock.now() - at, error))
    }
    this.#callOff()
    this.#options.onOver(this)
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

const NOT_WANTED: Readonly<Record<'superseded' | 'drained', ApiError>> = {
  superseded: {
    status: 409,
    message: 'A newer request of the same conversation took the place of this one.',
    code: 'superseded',
  },
  drained: {
    status: 503,
    message: 'The gateway is being stopped. Send the request again.',
    code: 'stopping',
    headers: [['retry-after', '1']],
  },
}

function attemptOf({ name, model = '' }: Upstream, ms: number, error: unknown): Attempt {
  const fault = error instanceof UpstreamError ? error.fault : 'failed'
  const why = error === undefined ? null : (error as Error).message
  return { upstream: name, model, fault: why === null ? null : fault, why, ms }
}
