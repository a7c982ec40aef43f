import type { Evidence } from './evidence.ts'
import type { ProbeResult } from './judge.ts'
import type { CheckResult, Verdict } from './report-schema.ts'

export type FailOn = 'error' | 'warning'

/**
 * - `fail`: a finding as severe as `failOn`.
 * - `inconclusive`: nothing of use was judged, or not all of it: an answer was refused for its rate,
 *   the run was interrupted, or a check of ours broke.
 */
export function verdictOf(
  results: readonly CheckResult[],
  from: readonly ProbeResult[],
  failOn: FailOn,
): Verdict {
  const severities = results.flatMap(({ findings }) => findings.map(({ severity }) => severity))
  if (severities.includes('error')) return 'fail'
  if (failOn === 'warning' && severities.includes('warning')) return 'fail'
  const judged = results.some(({ status }) => status === 'pass' || status === 'fail')
  const broken = results.some(({ reason }) => reason?.startsWith('harness-error'))
  const whole = from.every(
    ({ evidence, notSent }) => notSent === undefined && !evidence.some(isUnjudgeable),
  )
  return judged && whole && !broken ? 'pass' : 'inconclusive'
}

function isUnjudgeable({ exchange }: Evidence): boolean {
  return exchange?.response?.status === 429 || exchange?.end.how === 'aborted'
}
