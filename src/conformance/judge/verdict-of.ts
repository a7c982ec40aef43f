import type { Check } from '../check/define-check.ts'
import type { Severity } from '../check/severity.ts'
import type { Conclusion } from './conclude.ts'
import type { Observed } from './judgement.ts'

export type FailOn = Extract<Severity, 'error' | 'warning'>

export type Verdict = 'pass' | 'fail' | 'over-budget' | 'inconclusive'

/** A verdict, and why it is not a plain pass or fail. */
export interface Ruling {
  readonly verdict: Verdict
  readonly reasons: string[]
}

/** Whether a failure is as severe as what fails a run. */
export function isFatal(severity: Severity, failOn: FailOn): boolean {
  return severity === 'error' || severity === failOn
}

/**
 * Rules on all conclusions.
 *
 * - `fail`: an observation as severe as `failOn` that is not known already.
 * - `inconclusive`: little or nothing was judged, or the endpoint had no fair chance, or a check of
 *   ours is broken.
 */
export function verdictOf(
  conclusions: readonly Conclusion[],
  failOn: FailOn,
  isKnown: (failure: Observed & { readonly check: Check }) => boolean = () => false,
): Ruling {
  for (const conclusion of conclusions) {
    if (conclusion.status !== 'fail') continue
    const { check, observations } = conclusion
    const isNews = (each: Observed) =>
      isFatal(each.severity, failOn) && !isKnown({ ...each, check })
    if (observations.some(isNews)) return { verdict: 'fail', reasons: [] }
  }
  const reasons = new Set<string>()
  let judged = 0
  let aboutStreams = 0
  let unread = 0
  for (const conclusion of conclusions) {
    const { check, status } = conclusion
    const doubt = doubtOf(conclusion)
    if (doubt !== undefined) reasons.add(doubt)
    if (status === 'pass' || status === 'fail') judged++
    if (check.probes !== 'every-stream') continue
    aboutStreams++
    if (status === 'inconclusive') unread++
  }
  if (judged === 0) reasons.add('nothing was judged')
  if (unread > aboutStreams / 2) reasons.add('most checks had nothing to judge')
  return { verdict: reasons.size > 0 ? 'inconclusive' : 'pass', reasons: [...reasons] }
}

function doubtOf(conclusion: Conclusion): string | undefined {
  switch (conclusion.status) {
    case 'unjudged':
      return conclusion.reason
    case 'broken':
      return `a check is broken: ${conclusion.check.id}`
    default:
      return undefined
  }
}
