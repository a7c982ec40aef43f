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
const PASSING: ReadonlySet<UpstreamFault> = new Set([
  'unreachable',
  'failed',
  'broken',
  'garbled',
  'filtered',
])

/** Failures that say nothing of how an upstream answers what others ask. */
const OF_WHAT_IS_ASKED: ReadonlySet<UpstreamFault> = new Set(['refused', 'filtered'])

export interface CascadeOptions {
  readonly limits: Limits
  readonly fallback: FallbackOptions
  readonly sendsReasoning: boolean
}

/** Who gives an answer, and what is known of it when it is over. */
export interface Begun {
  /** `undefined` where it was given before, and kept. */
  readonly upstream: Upstream | undefined
  readonly told: Pick<Repair, 'usage' | 'finishReason' | 'reasoning'>
}

/** How one answer is wanted. */
export interface Wanted {
  /** Whether the caller is told what was used. */
  readonly tellsUsage: boolean
  readonly signal: AbortSignal
  readonly listener: TurnListener
}

/** Told of upstreams, one after the other, and of the answer, as it comes. */
export interface TurnListener {
  readonly asks: (upstream: Upstream) => void
  /** It was asked in vain. */
  readonly failed: (attempt: Attempt) => void
  /** There is content: no other upstream is asked any more. */
  readonly begun: (begun: Begun) => void
  /** What is said, from its first content on. */
  readonly said: (sent: readonly Sent[]) => void
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
   * Asks one after the other, until one begins to answer; resolves when its answer is over.
   *
   * @throws UpstreamError, of the last one, where none does, or where it breaks off; the reason of the
   *   signal, where that aborts.
   */
  async answer(request: ChatRequest, wanted: Wanted): Promise<void> {
    const { listener } = wanted
    const endsAt = clock.now() + this.#options.limits.totalMs
    let failure: unknown
    for (const member of this.#inTurn()) {
      for (let tries = 0; tries <= this.#options.fallback.retries; tries++) {
        listener.asks(member.upstream)
        const attempt = new Asking(member, request, { ...this.#options, ...wanted, endsAt })
        try {
          return await attempt.answer()
        } catch (error) {
          if (attempt.hasBegun || !(error instanceof UpstreamError)) throw error
          failure = error
          if (!OF_WHAT_IS_ASKED.has(error.fault)) member.breaker.failed(clock.now())
          listener.failed(attempt.toldOf(error))
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

interface AskingOptions extends CascadeOptions, Wanted {
  readonly endsAt: number
}

/**
 * One upstream, asked once. What it says is told in the same turn of the event loop in which it came: no
 * chunk waits for a promise.
 */
class Asking {
  /** Whether the caller has been told something of it. */
  hasBegun = false
  readonly #member: Member
  readonly #request: ChatRequest
  readonly #listener: TurnListener
  readonly #repair: Repair
  readonly #listening: Listening
  #held: Sent[] = []
  #isFinished = false
  #isOver = false

  constructor(member: Member, request: ChatRequest, options: AskingOptions) {
    const { isReasoning } = member
    const { sendsReasoning, tellsUsage, listener } = options
    this.#member = member
    this.#request = request
    this.#listener = listener
    this.#repair = new Repair(request, { isReasoning, sendsReasoning, tellsUsage })
    this.#listening = new Listening(member.upstream, request, options)
  }

  async answer(): Promise<void> {
    try {
      await this.#listening.hear((batch) => this.#hear(batch)).catch(this.#passOver)
      if (!this.#isOver) this.#end()
    } catch (error) {
      throw this.#unquoted(error)
    }
  }

  toldOf({ fault, message }: UpstreamError): Attempt {
    const { name, model } = this.#member.upstream
    return { upstream: name, model: model ?? '', fault, why: message, ms: this.#listening.ms }
  }

  /** Where all was said, how it ends is of no matter. */
  readonly #passOver = (error: unknown): void => {
    if (this.#isOver || !this.#isFinished || !(error instanceof UpstreamError)) throw error
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

  /** Tells what of a batch is sent on, and whether more is wanted. */
  #hear(batch: readonly Saying[]): boolean {
    const repair = this.#repair
    const wasFinished = this.#isFinished
    // What comes behind may still be an error.
    this.#isFinished = false
    const sent =
      batch.length === 1 ? repair.take(batch[0]!) : batch.flatMap((saying) => repair.take(saying))
    this.#isFinished = repair.isFinished
    if (this.#isFinished) {
      if (!wasFinished) this.#listening.finished()
    } else if (repair.isBegun) this.#listening.heard()
    this.#tell(sent)
    if (repair.isDone) this.#end()
    return !repair.isDone
  }

  #end(): void {
    this.#isOver = true
    try {
      this.#tell(this.#repair.end())
      if (this.#repair.hasStrayEnd) this.#member.isReasoning = true
    } catch (error) {
      // Whoever made it say the end of reasoning once must not silence it for all others.
      if (this.#repair.isAllReasoning) this.#member.isReasoning = false
      throw error
    }
  }

  #tell(sent: readonly Sent[]): void {
    if (this.hasBegun) {
      if (sent.length > 0) this.#listener.said(sent)
      return
    }
    this.#held.push(...sent)
    if (!this.#held.some(({ isContent }) => isContent)) return
    this.hasBegun = true
    const { upstream, breaker } = this.#member
    breaker.succeeded()
    this.#listener.begun({ upstream, told: this.#repair })
    this.#listener.said(this.#held)
  }
}
