import type { Check } from '../check/define-check.ts'
import type { Limits } from '../check/limits.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { concerns } from '../judge/docket.ts'
import { judgeOne } from '../judge/judge.ts'
import type { ProbeId } from '../probe-ids.ts'
import { breather } from './breather.ts'

export interface SamplerOptions {
  readonly checks: readonly Check[]
  readonly limits: Limits
  /** How often a reply is asked for, at most, that a check dislikes which depends on the model. */
  readonly samples: number
  /** Told what makes the run worth less than it might be. */
  readonly onWarning: (warning: string) => void
}

/** Tells what a model does mostly from what it did once. */
export class Sampler {
  readonly #options: SamplerOptions
  readonly #modelDependent: readonly Check[]
  /** What failed in every sample of some request, and need not be sampled again. */
  readonly #confirmed = new Set<Check>()
  readonly #breathe = breather()

  constructor(options: SamplerOptions) {
    this.#options = options
    this.#modelDependent = options.checks.filter((check) => check.dependsOnModel && check.inspect)
  }

  /** Asks again while some check has not seen enough good replies; gives one that all checks like. */
  async sample(first: Evidence, probe: ProbeId, again: () => Promise<Evidence>): Promise<Evidence> {
    const { samples } = this.#options
    let best = first
    let pending = await this.#dislike(first, probe)
    if (pending.length > 0 && first.exchange?.end.how === 'timeout') {
      this.#options.onWarning(`${first.id} was not asked for again: its answer did not end in time`)
      return first
    }
    const liked = new Map(pending.map((check) => [check, 0]))
    for (let n = 1; n < samples && pending.length > 0; n++) {
      const evidence = await again()
      const disliked = await this.#dislike(evidence, probe, pending)
      if (disliked.length === 0) best = evidence
      for (const check of pending) {
        if (!disliked.includes(check)) liked.set(check, liked.get(check)! + 1)
      }
      pending = pending.filter((check) => liked.get(check)! <= samples / 2)
    }
    for (const [check, count] of liked) if (count === 0) this.#confirmed.add(check)
    return best
  }

  /** What another request has confirmed needs no samples, but those begun are still looked at. */
  async #dislike(
    evidence: Evidence,
    probe: ProbeId,
    begun: readonly Check[] = [],
  ): Promise<Check[]> {
    const disliking: Check[] = []
    for (const check of this.#modelDependent) {
      if (!concerns(check, probe)) continue
      if (this.#confirmed.has(check) && !begun.includes(check)) continue
      await this.#breathe()
      const judgement = judgeOne(check, evidence, this.#options.limits)
      if (judgement.status === 'observed' && judgement.observations.length > 0)
        disliking.push(check)
    }
    return disliking
  }
}
