import type { Check } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { Judgement } from './judge.ts'

/**
 * Takes back what is but the echo of another failure on the same exchange, so that one root cause is
 * told once. An echo of an echo is one too.
 */
export function suppressEchoes(judgements: ReadonlyMap<Check, Judgement[]>): void {
  const causes = causesOf(judgements)
  if (causes.size === 0) return
  for (const [check, each] of judgements) {
    for (const [i, judgement] of each.entries()) {
      const cause = failedOn(judgement)
        .map((evidence) => causes.get(evidence)?.get(check.id))
        .find((id) => id !== undefined)
      if (cause === undefined) continue
      const reason = `explained by ${cause}`
      each[i] = { status: 'inconclusive', reason, evidence: judgement.evidence }
    }
  }
}

/** For each exchange, what is an echo there, and of which check. */
function causesOf(
  judgements: ReadonlyMap<Check, readonly Judgement[]>,
): Map<Evidence, Map<string, string>> {
  const causes = new Map<Evidence, Map<string, string>>()
  for (const [{ id, echoes = [] }, each] of judgements) {
    if (echoes.length === 0) continue
    for (const evidence of each.flatMap(failedOn)) {
      const known = causes.get(evidence) ?? new Map<string, string>()
      causes.set(evidence, known)
      for (const echo of echoes) if (!known.has(echo)) known.set(echo, id)
    }
  }
  return causes
}

function failedOn(judgement: Judgement): Evidence[] {
  if (judgement.status !== 'observed' || judgement.observations.length === 0) return []
  return judgement.observations.map(({ evidence }) => evidence ?? judgement.evidence)
}
