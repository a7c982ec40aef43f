import type { CheckResult, Summary, Verdict } from '../conformance/index.ts'
import type { Report } from './reporter.ts'

/** What was judged together: an endpoint, or one saved file. */
export interface Suite {
  /** The URL or the file. */
  readonly name: string
  readonly kind: 'endpoint' | 'file'
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  readonly summary: Summary
  readonly checks: readonly CheckResult[]
}

/** The reports of `check` and `lint` in one shape. */
export function suitesOf(report: Report): Suite[] {
  if ('files' in report) {
    return report.files.map(({ file, ...suite }) => ({ name: file, kind: 'file', ...suite }))
  }
  const { target, verdict, reasons, summary, checks } = report
  return [{ name: target.url, kind: 'endpoint', verdict, reasons, summary, checks }]
}
