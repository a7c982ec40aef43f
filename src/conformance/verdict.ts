import type { Evidence } from './evidence.ts'
import type { CheckResult, Verdict } from './report-schema.ts'

export type FailOn = 'error' | 'warning'

/**
 * - `fail`: a finding as severe as `failOn`.
 * - `inconclusive`: nothing of use was judged, or an answer could not be: refused for its rate, cut
 *   by an interruption, or a check of ours broke.
 */
export function verdictOf(
  results: readonly CheckResult[],
  evidence: readonly Evidence[],
  failOn: FailOn,
): Verdict {
  const severities = results.flatMap(({ findings }) => findings.map(({ severity }) => severity))
  if (severities.includes('error')) return 'fail'
  if (failOn === 'warning' && severities.includes('warning')) return 'fail'
  const judged = results.some(({ status }) => status === 'pass' || status === 'fail')
  const broken = results.some(({ reason }) => reason?.startsWith('harness-error'))
  return judged && !broken && !evidence.some(isUnjudgeable) ? 'pass' : 'inconclusive'
}

function isUnjudgeable({ exchange }: Evidence): boolean {
  return exchange?.response?.status === 429 || exchange?.end.how === 'aborted'
}
