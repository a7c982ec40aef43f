import type { Check } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { Judgement } from './judge.ts'

/**
 * Takes back what is but the echo of another failure on the same exchange, so that one root cause is
 * told once. An echo of an echo is one too.
 */
export function suppressEchoes(judgements: Map<Check, Judgement[]>): void {
  const causes = new Map<Evidence, Map<string, string>>()
  for (const [check, each] of judgements) {
    for (const judgement of each) {
      for (const evidence of failedOn(judgement)) {
        const known = causes.get(evidence) ?? new Map<string, string>()
        causes.set(evidence, known)
        for (const echo of check.echoes ?? []) if (!known.has(echo)) known.set(echo, check.id)
      }
    }
  }
  for (const [check, each] of judgements) {
    for (const [i, judgement] of each.entries()) {
      if (judgement.status !== 'observed') continue
      const cause = [...failedOn(judgement)]
        .map((evidence) => causes.get(evidence)?.get(check.id))
        .find((id) => id !== undefined)
      if (cause === undefined) continue
      each[i] = {
        status: 'inconclusive',
        reason: `explained by ${cause}`,
        evidence: judgement.evidence,
      }
    }
  }
}

function failedOn(judgement: Judgement): Set<Evidence> {
  if (judgement.status !== 'observed') return new Set()
  return new Set(judgement.observations.map(({ evidence }) => evidence ?? judgement.evidence))
}
