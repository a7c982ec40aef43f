import type { CheckResult, Severity } from '../../conformance/index.ts'

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info']

/** The failures, the worst first: of equal ones, those that were seen in most answers. */
export function worstFirst(checks: readonly CheckResult[]): CheckResult[] {
  const failures = checks
    .filter(({ status }) => status === 'fail')
    .map((result) => ({
      result,
      rank: WORST_FIRST.indexOf(result.severity),
      spread: new Set(result.findings.map(({ exchange }) => exchange)).size,
    }))
  return failures
    .toSorted((a, b) => a.rank - b.rank || b.spread - a.spread)
    .map(({ result }) => result)
}
