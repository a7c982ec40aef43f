import { TOOL } from '../../endpoint/index.ts'
import type { LintReport } from '../result/lint-report-schema.ts'
import { addSummaries } from '../result/summarize.ts'
import { worstVerdict } from '../judge/worst-verdict.ts'

/** Makes one report of what was linted piece by piece, in the order in which it came. */
export function joinLintReports(reports: readonly LintReport[]): LintReport {
  const files = reports.flatMap((report) => report.files)
  const startedAt = reports[0]?.startedAt ?? new Date().toISOString()
  return {
    schemaVersion: 1,
    tool: TOOL,
    startedAt,
    durationMs: Math.max(0, Date.now() - Date.parse(startedAt)),
    verdict: worstVerdict(files.map(({ verdict }) => verdict)),
    summary: addSummaries(files.map(({ summary }) => summary)),
    files,
  }
}
