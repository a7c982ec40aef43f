import { setTimeout } from 'node:timers/promises'
import { SoundcheckError, type Target, toHttpRequest } from '../../endpoint/index.ts'
import { type Dialect, isJsonObject } from '../../protocol/index.ts'
import type { Exchange } from '../../wire/index.ts'
import { record } from '../../wire/node.ts'
import { Evidence } from '../evidence/evidence.ts'
import { isSilent, MOST_PAIRS } from '../observe/is-silent.ts'
import { mayBeChance } from '../evidence/may-be-chance.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import type { ProbeResult } from '../judge/judgement.ts'
import type { Probe, ProbeRequest, Send } from '../probes/define-probe.ts'
import { asksForStream } from '../probe-ids.ts'
import { asPlatform, type Wishes } from '../profiles/as-platform.ts'
import type { Profile } from '../profiles/define-profile.ts'
import { Allowance } from './allowance.ts'
import { Culprits } from './culprits.ts'
import { hangUpOnContent } from './hang-up-on-content.ts'
import { NotSent } from './not-sent.ts'
import { Sampler, type SamplerOptions } from './sampler.ts'

/** So many empty replies tell whether it is the company of other requests that makes them so. */
const MOST_ASKED_ALONE = 3
/** What begins so long after another ended is not taken for one under way with it: `mayOverlap` doubts 2 ms. */
const APART_MS = 3
/** Longer bodies of requests are not worth keeping, and without its blanks one would be another request. */
const MAX_KEPT_BODY = 1_000_000

export interface ProbeSenderOptions extends SamplerOptions {
  readonly dialect: Dialect
  readonly target: Target
  readonly profile: Profile
  readonly wishes: Wishes
  readonly signal: AbortSignal | undefined
  readonly onExchange: (exchange: Exchange) => void
}

/**
 * Sends the requests of all probes, and learns from the answers.
 *
 * - What is refused because of one feature of the request is sent without that feature from then on,
 *   so that everything else can still be judged.
 * - A reply that a check dislikes which depends on the model is asked for again, until most samples
 *   are good or none are left.
 * - What is no turn, and fails as a server or a connection may by chance, is asked for once more.
 * - A reply that was empty while other requests were under way is asked for again, alone.
 * - Once the endpoint has sent too much, or too late too often, or is gone, nothing more is sent.
 */
export class ProbeSender {
  readonly #options: ProbeSenderOptions
  readonly #culprits = new Culprits()
  readonly #sampler: Sampler
  readonly #allowance = new Allowance()
  /** Sends a request once more. */
  readonly #again = new WeakMap<Evidence, () => Promise<Evidence>>()
  #askedAlone = 0
  #pairs = MOST_PAIRS
  #lastEndedAt = -Infinity

  constructor(options: ProbeSenderOptions) {
    this.#options = options
    this.#sampler = new Sampler(options)
  }

  /**
   * The function through which a probe sends, and what came back so far, in the order of sending. It
   * throws `NotSent` once nothing more is worth sending.
   */
  for(probe: Probe): { readonly send: Send; readonly evidence: () => Evidence[] } {
    const sent: (Evidence | undefined)[] = []
    const once: Send = async (request) => {
      const { spent } = this.#allowance
      if (spent !== undefined) throw new NotSent(spent)
      const count = sent.push(undefined)
      const id = [probe.id, count, ...(request.name === undefined ? [] : [request.name])].join('-')
      const evidence = await this.#exchange(request, probe, id)
      this.#again.set(evidence, () => once(request))
      return (sent[count - 1] = evidence)
    }
    const send: Send = async (asked) => {
      const { profile, wishes } = this.#options
      const request = asPlatform(asked, probe.id, profile, wishes)
      const { body } = request
      if (probe.retried) {
        const evidence = await once(request)
        return mayBeChance(evidence) ? once(request) : evidence
      }
      if (!isJsonObject(body) || !asksForStream(probe.id)) return once(request)
      // What is refused is known in the words of chat completions.
      const { inOwnWords } = request
      const adapted = { ...request, body: inOwnWords ? body : this.#culprits.without(body) }
      const evidence = await once(adapted)
      if (!probe.repeatable) return evidence
      if (inOwnWords && wasTurnedDown(evidence)) return evidence
      return wasTurnedDown(evidence)
        ? this.#culprits.accuse(evidence, adapted.body, (rest, purpose) =>
            once({ ...request, body: rest, ...(purpose && { purpose }) }),
          )
        : this.#sampler.sample(evidence, probe.id, () => once(adapted))
    }
    return { send, evidence: () => sent.filter((each) => each !== undefined) }
  }

  /**
   * Asks again for replies that were empty: alone, and where that helps, twice at once, as long as one of
   * the two is empty. Nothing else may be under way.
   */
  async askAlone(evidence: readonly Evidence[]): Promise<Evidence[]> {
    const answers: Evidence[] = []
    for (const silent of evidence.filter(isSilent)) {
      if (this.#isOver || this.#askedAlone === MOST_ASKED_ALONE) break
      this.#askedAlone++
      const again = this.#again.get(silent)!
      const alone = await again()
      answers.push(alone)
      if (isSilent(alone)) continue
      for (; this.#pairs > 0 && !this.#isOver; this.#pairs--) {
        const pair = await Promise.all([again(), again()])
        answers.push(...pair)
        if (!pair.some(isSilent)) break
      }
    }
    return answers
  }

  get #isOver(): boolean {
    return this.#options.signal?.aborted === true || this.#allowance.spent !== undefined
  }

  /** Leaves out of what a probe brought back what only repeats that the endpoint is gone. */
  withoutRepeats(result: ProbeResult): ProbeResult {
    const evidence = result.evidence.filter((each) => !this.#allowance.isRepeated(each))
    if (evidence.length === result.evidence.length) return result
    const { gap } = new NotSent(this.#allowance.spent!)
    return { ...result, evidence, notSent: result.notSent ?? gap }
  }

  async #exchange(request: ProbeRequest, probe: Probe, id: string): Promise<Evidence> {
    const { dialect, target, signal, onExchange, onWarning } = this.#options
    const hangUp = request.hangUp && hangUpOnContent(dialect.saysSomething)
    const sinceLast = performance.now() - this.#lastEndedAt
    if (sinceLast < APART_MS) await setTimeout(APART_MS - sinceLast)
    const signals = [signal, hangUp?.signal].filter((each) => each !== undefined)
    const exchange = await record(toHttpRequest(request, target), {
      id,
      probe: probe.id,
      ...(request.purpose && { purpose: request.purpose }),
      ...(request.paddedTo && { paddedTo: request.paddedTo }),
      timeoutMs: target.timeoutMs,
      proxy: target.proxy,
      signal: AbortSignal.any(signals),
      ...(asksForStream(probe.id) && { terminator: dialect.terminator }),
      ...(hangUp && { onArrival: hangUp.onArrival }),
    }).catch((error: Error) => {
      throw new SoundcheckError('INVALID_INPUT', `the request cannot be sent: ${error.message}`)
    })
    this.#lastEndedAt = performance.now()
    const kept = withoutHugeBody(exchange, request.paddedTo)
    onExchange(kept)
    const evidence = Evidence.ofExchange(kept, request.expect, dialect)
    this.#culprits.note(evidence)
    const last = this.#allowance.count(evidence)
    if (last !== undefined) onWarning(`nothing more was sent: ${last}`)
    return evidence
  }
}

function withoutHugeBody(exchange: Exchange, paddedTo = 0): Exchange {
  const { request } = exchange
  return Math.max(paddedTo, request.body?.length ?? 0) > MAX_KEPT_BODY
    ? { ...exchange, request: { ...request, body: null } }
    : exchange
}
