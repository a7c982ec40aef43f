import { clock } from '../runtime.ts'
import type { ChatRequest } from '../../protocol/index.ts'
import type { Limits } from '../gateway-options.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import type { Hear, Saying, Upstream } from '../upstream/upstream.ts'

/** Where an upstream has said why it ended, and says no more. */
const LINGER_MS = 500

interface Moment {
  readonly at: number
  readonly what: string
}

/** One upstream being asked, within limits of time that hold even where it pays no heed to being aborted. */
export class Listening {
  readonly #upstream: Upstream
  readonly #request: ChatRequest
  readonly #limits: Limits
  readonly #abort = new AbortController()
  readonly #startedAt = clock.now()
  /** When the whole turn must be over. */
  readonly #endsAt: number
  readonly #silence: string
  #due: Moment
  #isOver = false
  #failure: { readonly reason: unknown } | undefined
  #reject: ((reason: unknown) => void) | undefined
  #stopWaiting = () => {}
  readonly #unlisten: () => void

  constructor(
    upstream: Upstream,
    request: ChatRequest,
    options: { readonly limits: Limits; readonly endsAt: number; readonly signal: AbortSignal },
  ) {
    const { limits, endsAt, signal } = options
    this.#upstream = upstream
    this.#request = request
    this.#limits = limits
    this.#endsAt = endsAt
    this.#silence = `it fell silent for ${limits.silenceMs} ms`
    const what = `it said nothing for ${limits.firstContentMs} ms`
    this.#due = { at: this.#startedAt + limits.firstContentMs, what }
    const onAbort = () => this.#fail(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#unlisten = () => signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else this.#watch()
  }

  get ms(): number {
    return clock.now() - this.#startedAt
  }

  /**
   * Gives what the upstream says, until it has ended well, or `take` wants no more: then it may end by
   * itself, so that its connection can serve again.
   *
   * @throws UpstreamError; what `take` throws; the reason of the signal, where that aborts.
   */
  hear(take: (batch: readonly Saying[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure.reason)
      this.#reject = reject
      let isWanted = true
      const hear: Hear = (batch) => {
        if (!isWanted || this.#isOver) return
        try {
          isWanted = take(batch)
        } catch (error) {
          return this.#fail(error)
        }
        if (isWanted) return
        this.finished()
        resolve()
      }
      this.#ask(hear).then(
        () => {
          this.#over()
          resolve()
        },
        (error: unknown) => this.#fail(this.#failureOf(error)),
      )
    })
  }

  /** Something was said: from now on, silences are what is waited for. */
  heard(): void {
    const { silenceMs } = this.#limits
    this.#due = { at: clock.now() + silenceMs, what: this.#silence }
  }

  /** It told why it ended; what may follow is not waited for long. */
  finished(): void {
    this.#due = { at: clock.now() + LINGER_MS, what: 'it does not end' }
    this.#stopWaiting()
    if (!this.#isOver) this.#watch()
  }

  #over(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#stopWaiting()
    this.#unlisten()
    return true
  }

  async #ask(hear: Hear): Promise<void> {
    return this.#upstream.ask(this.#request, this.#abort.signal, hear)
  }

  /** Whatever an upstream throws, it gave no answer. */
  #failureOf(error: unknown): Error {
    if (error instanceof UpstreamError) return error
    return new UpstreamError('failed', String(error), { cause: error })
  }

  #watch(): void {
    this.#stopWaiting = clock.at(Math.min(this.#due.at, this.#endsAt), () => {
      const now = clock.now()
      if (now >= this.#endsAt)
        this.#fail(new UpstreamError('late', 'the time for the turn is over'))
      else if (now >= this.#due.at) this.#fail(new UpstreamError('late', this.#due.what))
      else this.#watch()
    })
  }

  /** Ends the request, if it is not over. */
  #fail(reason: unknown): void {
    if (!this.#over()) return
    this.#failure = { reason }
    this.#abort.abort(reason)
    this.#reject?.(reason)
  }
}
