import type { CheckResult, Severity } from '../conformance/index.ts'

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info']

/** The failures, the worst first. */
export function worstFirst(checks: readonly CheckResult[]): CheckResult[] {
  return checks
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity))
}
