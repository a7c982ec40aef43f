import type { Check } from '../check/define-check.ts'
import { inconclusive } from '../check/gap.ts'
import { SEVERITIES } from '../check/severity.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Judgement, Observed } from './judgement.ts'

/** What explains the failure of a check on some exchange. */
interface Cause {
  readonly id: string
  readonly gravity: number
}

/**
 * Withdraws what is only the echo of another failure on the same exchange, so that one root cause is
 * reported once. An echo of an echo is one too; nothing is the echo of something milder.
 */
export function suppressEchoes(checks: readonly Check[], judgements: readonly Judgement[][]): void {
  const causes = causesOf(checks, judgements)
  if (causes.size === 0) return
  for (const [at, each] of judgements.entries()) {
    const { id } = checks[at]!
    for (const [i, judgement] of each.entries()) {
      if (judgement.status !== 'observed' || judgement.observations.length === 0) continue
      const { on, observations } = judgement
      const explained = observations.map((observed) => {
        const cause = causes.get(observed.evidence)?.get(id)
        return cause && cause.gravity >= gravityOf(observed) ? cause : undefined
      })
      const cause = explained.find((known) => known !== undefined)
      if (!cause) continue
      const own = observations.filter((_, k) => explained[k] === undefined)
      each[i] =
        own.length > 0
          ? { on, status: 'observed', observations: own }
          : { on, ...inconclusive(`explained by ${cause.id}`) }
    }
  }
}

/** For each exchange, what is an echo there, and its gravest cause. */
function causesOf(
  checks: readonly Check[],
  judgements: readonly (readonly Judgement[])[],
): Map<Evidence, Map<string, Cause>> {
  const causes = new Map<Evidence, Map<string, Cause>>()
  for (let at = 0; at < checks.length; at++) {
    for (const judgement of judgements[at]!) {
      if (judgement.status !== 'observed' || judgement.observations.length === 0) continue
      const { id, echoes = [] } = checks[at]!
      for (const observed of judgement.observations) {
        const gravity = gravityOf(observed)
        const own = observed.echoes ?? echoes
        if (own.length === 0) continue
        for (const evidence of [observed.evidence, ...(observed.alike ?? [])]) {
          const known = causes.get(evidence) ?? new Map<string, Cause>()
          causes.set(evidence, known)
          for (const echo of own) {
            if ((known.get(echo)?.gravity ?? -1) < gravity) known.set(echo, { id, gravity })
          }
        }
      }
    }
  }
  return causes
}

function gravityOf({ severity }: Observed): number {
  return SEVERITIES.length - SEVERITIES.indexOf(severity)
}
