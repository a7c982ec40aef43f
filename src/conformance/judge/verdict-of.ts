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
  const failures = conclusions.flatMap((conclusion) =>
    conclusion.status === 'fail'
      ? conclusion.observations.map((each) => ({ ...each, check: conclusion.check }))
      : [],
  )
  if (failures.some((each) => isFatal(each.severity, failOn) && !isKnown(each))) {
    return { verdict: 'fail', reasons: [] }
  }
  const reasons = new Set(conclusions.flatMap(doubt))
  if (!conclusions.some(isJudged)) reasons.add('nothing was judged')
  const aboutStreams = conclusions.filter(({ check }) => check.probes === 'every-stream')
  const unread = aboutStreams.filter(({ status }) => status === 'inconclusive')
  if (unread.length > aboutStreams.length / 2) reasons.add('most checks had nothing to judge')
  return { verdict: reasons.size > 0 ? 'inconclusive' : 'pass', reasons: [...reasons] }
}

function isJudged({ status }: Conclusion): boolean {
  return status === 'pass' || status === 'fail'
}

function doubt(conclusion: Conclusion): string[] {
  switch (conclusion.status) {
    case 'unjudged':
      return [conclusion.reason]
    case 'broken':
      return [`a check is broken: ${conclusion.check.id}`]
    default:
      return []
  }
}
