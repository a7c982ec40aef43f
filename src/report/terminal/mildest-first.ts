import type { CheckResult, Severity } from '../../conformance/index.ts'

const MILDEST_FIRST: readonly Severity[] = ['info', 'warning', 'error']

/** The failures, the worst last: a terminal is read from its end. */
export function mildestFirst(checks: readonly CheckResult[]): CheckResult[] {
  return checks
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => MILDEST_FIRST.indexOf(a.severity) - MILDEST_FIRST.indexOf(b.severity))
}
