import type { CheckResult } from '../../conformance/index.ts'

/** What a check's result means for its run; `tolerated` is a failure that is too mild, or known. */
export type Outcome = 'passed' | 'failed' | 'tolerated' | 'skipped' | 'inconclusive'

export function outcomeOf(
  { status, findings }: CheckResult,
  { failOn }: { readonly failOn: 'error' | 'warning' },
): Outcome {
  switch (status) {
    case 'pass':
      return 'passed'
    case 'skip':
      return 'skipped'
    case 'inconclusive':
      return 'inconclusive'
    case 'fail':
      return findings.some(
        ({ severity, known }) =>
          (severity === 'error' || severity === failOn) && known === undefined,
      )
        ? 'failed'
        : 'tolerated'
  }
}
