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
      each[i] = withoutEchoes(judgement, (evidence) => causes.get(evidence)?.get(id))
    }
  }
}

function withoutEchoes(
  judgement: Judgement,
  causeOn: (evidence: Evidence) => Cause | undefined,
): Judgement {
  if (judgement.status !== 'observed') return judgement
  const { on, observations } = judgement
  const explained = observations.map((observed) => {
    const cause = causeOn(observed.evidence)
    return cause && cause.gravity >= gravityOf(observed) ? cause : undefined
  })
  const cause = explained.find((known) => known !== undefined)
  if (!cause) return judgement
  const own = observations.filter((_, i) => explained[i] === undefined)
  return own.length > 0
    ? { on, status: 'observed', observations: own }
    : { on, ...inconclusive(`explained by ${cause.id}`) }
}

/** For each exchange, what is an echo there, and its gravest cause. */
function causesOf(
  checks: readonly Check[],
  judgements: readonly (readonly Judgement[])[],
): Map<Evidence, Map<string, Cause>> {
  const causes = new Map<Evidence, Map<string, Cause>>()
  for (const [at, { id, echoes = [] }] of checks.entries()) {
    for (const judgement of judgements[at]!) {
      if (judgement.status !== 'observed') continue
      for (const observed of judgement.observations) {
        const own = observed.echoes ?? echoes
        if (own.length === 0) continue
        const cause = { id, gravity: gravityOf(observed) }
        for (const evidence of [observed.evidence, ...(observed.alike ?? [])]) {
          causes.set(evidence, gravest(causes.get(evidence), own, cause))
        }
      }
    }
  }
  return causes
}

/** The gravest cause of each echo, now that there is one more. */
function gravest(
  known: Map<string, Cause> = new Map(),
  echoes: readonly string[],
  cause: Cause,
): Map<string, Cause> {
  for (const echo of echoes) {
    if ((known.get(echo)?.gravity ?? -1) < cause.gravity) known.set(echo, cause)
  }
  return known
}

function gravityOf({ severity }: Observed): number {
  return SEVERITIES.length - SEVERITIES.indexOf(severity)
}
