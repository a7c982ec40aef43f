import type {
  CheckReport,
  CheckResult,
  LintReport,
  Summary,
  Verdict,
} from '../../conformance/index.ts'

/** What `check` or `lint` says. */
export type Report = CheckReport | LintReport

/** What was judged together: an endpoint, or one saved file. */
export interface Suite {
  /** The URL or the file. */
  readonly name: string
  readonly kind: 'endpoint' | 'file'
  readonly verdict: Verdict
  /** Why the verdict is not what the failures alone would make it. */
  readonly reasons: readonly string[]
  /** What makes the run worth little, whatever its verdict. */
  readonly warnings: readonly string[]
  readonly summary: Summary
  readonly checks: readonly CheckResult[]
  readonly budgets: CheckReport['budgets']
  /** Failures that do not count. */
  readonly known: CheckReport['baseline']
}

/** The reports of `check` and `lint` in one shape. */
export function suitesOf(report: Report): Suite[] {
  if ('files' in report) {
    const nothingMore = { warnings: [], budgets: [], known: [] }
    return report.files.map(({ file, ...suite }) => ({
      name: file,
      kind: 'file',
      ...suite,
      ...nothingMore,
    }))
  }
  const { target, verdict, reasons, warnings, summary, checks, budgets, baseline } = report
  const known = baseline.filter(({ state }) => state === 'applies')
  const judged = { verdict, reasons, warnings, summary, checks, budgets, known }
  return [{ name: target.url, kind: 'endpoint', ...judged }]
}
