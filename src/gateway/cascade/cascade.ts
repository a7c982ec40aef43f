import { clock } from '../runtime.ts'
import type { ChatRequest } from '../../protocol/index.ts'
import type { Attempt } from '../account/turn-record.ts'
import type { FallbackOptions, Limits } from '../gateway-options.ts'
import { Repair, type Sent } from '../repair/repair.ts'
import { UpstreamError, type UpstreamFault } from '../upstream/upstream-error.ts'
import type { Saying, Upstream } from '../upstream/upstream.ts'
import { Breaker } from './breaker.ts'
import { Listening } from './listening.ts'
import { unquoted } from './unquoted.ts'

/** Failures after which the same upstream may do better at once. */
const PASSING: ReadonlySet<UpstreamFault> = new Set(['unreachable', 'failed', 'broken', 'garbled'])

export interface CascadeOptions {
  readonly limits: Limits
  readonly fallback: FallbackOptions
  readonly sendsReasoning: boolean
}

/** An answer that has begun. */
export interface Begun {
  /** Who gives it; `undefined` where it was given before, and kept. */
  readonly upstream: Upstream | undefined
  /** What is known when it is over. */
  readonly told: Pick<Repair, 'usage' | 'finishReason'>
  /** What it says, from its first content on; throws UpstreamError where it breaks off. */
  readonly sent: AsyncIterableIterator<readonly Sent[], undefined>
}

/** How one answer is wanted. */
export interface BeginOptions {
  /** Whether the caller is told what was used. */
  readonly tellsUsage: boolean
  readonly signal: AbortSignal
  readonly watcher: AskWatcher
}

/** Told of upstreams, one after the other. */
export interface AskWatcher {
  readonly asks: (upstream: Upstream) => void
  /** It was asked in vain. */
  readonly failed: (attempt: Attempt) => void
}

interface Member {
  readonly upstream: Upstream
  readonly breaker: Breaker
  /** Whether its answers begin within reasoning that the prompt has opened: found out once. */
  isReasoning: boolean
}

/**
 * Upstreams in the order in which they are fallen back to. One is given up before its first content
 * alone, never after: as ElevenLabs does with its own models.
 *
 * @see https://elevenlabs.io/docs/agents-platform/customization/llm/llm-cascading
 */
export class Cascade {
  readonly #members: readonly Member[]
  readonly #options: CascadeOptions

  constructor(upstreams: readonly Upstream[], options: CascadeOptions) {
    this.#options = options
    this.#members = upstreams.map((upstream) => ({
      upstream,
      breaker: new Breaker(options.fallback),
      isReasoning: false,
    }))
  }

  /**
   * Asks one after the other, until one begins to answer.
   *
   * @throws UpstreamError, of the last one, where none does; the reason of the signal, where that aborts.
   */
  async begin(request: ChatRequest, { watcher, ...wanted }: BeginOptions): Promise<Begun> {
    const endsAt = clock.now() + this.#options.limits.totalMs
    let failure: unknown
    for (const member of this.#inTurn()) {
      for (let tries = 0; tries <= this.#options.fallback.retries; tries++) {
        watcher.asks(member.upstream)
        const attempt = new Asking(member, request, { ...this.#options, ...wanted, endsAt })
        try {
          return await attempt.begin()
        } catch (error) {
          if (!(error instanceof UpstreamError)) throw error
          failure = error
          // The next request may please it.
          if (error.fault !== 'refused') member.breaker.failed(clock.now())
          watcher.failed(attempt.toldOf(error))
          if (!PASSING.has(error.fault) || clock.now() >= endsAt) break
        }
      }
    }
    throw failure
  }

  /** All that may be asked; where all are passed over, all of them. */
  #inTurn(): readonly Member[] {
    const now = clock.now()
    const closed = this.#members.filter(({ breaker }) => breaker.isClosed(now))
    return closed.length > 0 ? closed : this.#members
  }
}

interface AskingOptions extends CascadeOptions, Omit<BeginOptions, 'watcher'> {
  readonly endsAt: number
}

/** One upstream, asked once, and what it says. No generators: each chunk would wait for several promises. */
class Asking implements AsyncIterableIterator<readonly Sent[], undefined> {
  readonly #member: Member
  readonly #request: ChatRequest
  readonly #repair: Repair
  readonly #listening: Listening
  #held: Sent[] = []
  #isOver = false

  constructor(member: Member, request: ChatRequest, options: AskingOptions) {
    const { isReasoning } = member
    const { sendsReasoning, tellsUsage } = options
    this.#member = member
    this.#request = request
    this.#repair = new Repair(request, { isReasoning, sendsReasoning, tellsUsage })
    this.#listening = new Listening(member.upstream, request, options)
  }

  async begin(): Promise<Begun> {
    try {
      while (!this.#isOver && !this.#held.some(({ isContent }) => isContent)) {
        this.#held.push(...(await this.#hear()))
      }
    } catch (error) {
      this.#listening.leave()
      throw this.#unquoted(error)
    }
    const { upstream, breaker } = this.#member
    breaker.succeeded()
    return { upstream, told: this.#repair, sent: this }
  }

  async next(): Promise<IteratorResult<readonly Sent[], undefined>> {
    let value: readonly Sent[] = this.#held
    this.#held = []
    try {
      while (value.length === 0 && !this.#isOver) value = await this.#hear()
    } catch (error) {
      this.#listening.leave()
      throw this.#unquoted(error)
    }
    return value.length > 0 ? { done: false, value } : OVER
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#isOver) this.#listening.leave()
    return OVER
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  toldOf({ fault, message }: UpstreamError): Attempt {
    const { name, model } = this.#member.upstream
    return { upstream: name, model: model ?? '', fault, why: message, ms: this.#listening.ms }
  }

  /** What goes wrong, as a log may tell it. */
  #unquoted(error: unknown): unknown {
    if (!(error instanceof UpstreamError)) return error
    const { fault, message, status, retryAfterMs } = error
    return new UpstreamError(fault, unquoted(message, this.#request), {
      ...(status !== undefined && { status }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    })
  }

  /** What is sent on of the next batch, or of its end. */
  async #hear(): Promise<readonly Sent[]> {
    const repair = this.#repair
    const wasFinished = repair.isFinished
    let batch: readonly Saying[] | undefined
    try {
      if (!repair.isDone) batch = await this.#listening.next()
    } catch (error) {
      // All was said; how it ends is of no matter.
      if (!wasFinished || !(error instanceof UpstreamError)) throw error
    }
    if (!batch) return this.#end()
    const sent =
      batch.length === 1 ? repair.take(batch[0]!) : batch.flatMap((saying) => repair.take(saying))
    if (repair.isFinished) {
      if (!wasFinished) this.#listening.finished()
    } else if (repair.isBegun) this.#listening.heard()
    return sent
  }

  #end(): readonly Sent[] {
    try {
      const sent = this.#repair.end()
      this.#isOver = true
      if (this.#repair.hasStrayEnd) this.#member.isReasoning = true
      void this.#listening.release()
      return sent
    } catch (error) {
      // Whoever made it say the end of reasoning once must not silence it for all others.
      if (this.#repair.isAllReasoning) this.#member.isReasoning = false
      throw error
    }
  }
}

const OVER: IteratorReturnResult<undefined> = { done: true, value: undefined }
