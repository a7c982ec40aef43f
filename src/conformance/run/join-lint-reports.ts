import { TOOL } from '../../endpoint/index.ts'
import type { LintReport } from '../result/lint-report-schema.ts'
import { addSummaries } from '../result/summarize.ts'
import { addUntold } from '../result/untold.ts'
import { worstVerdict } from '../judge/worst-verdict.ts'

/** Makes one report of several, in their order. */
export function joinLintReports(reports: readonly LintReport[]): LintReport {
  const [startedAt = new Date().toISOString()] = reports.map((each) => each.startedAt).toSorted()
  const untold = reports.flatMap((each) => each.untold ?? [])
  return {
    schemaVersion: 1,
    tool: TOOL,
    startedAt,
    durationMs: Math.max(0, Date.now() - Date.parse(startedAt)),
    verdict: worstVerdict(reports.map(({ verdict }) => verdict)),
    summary: addSummaries(reports.map(({ summary }) => summary)),
    files: reports.flatMap(({ files }) => files),
    ...(untold.length > 0 && { untold: addUntold(untold) }),
  }
}
