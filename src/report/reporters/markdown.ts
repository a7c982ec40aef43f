import type { CheckResult } from '../../conformance/index.ts'
import { budgetText } from '../budget-text.ts'
import { groupCounts } from '../group-counts.ts'
import { reasonsFor } from '../reasons-for.ts'
import { code, prose, table } from '../markdown/escape-markdown.ts'
import { failureMarkdown } from '../markdown/failure.ts'
import type { Reporter } from '../reporter.ts'
import { type Suite, suitesOf } from '../suites.ts'
import { summaryText } from '../summary-text.ts'
import { worstFirst } from '../worst-first.ts'

/** Markdown as GitHub renders it: for a job's summary, a comment or an issue. */
export const markdown: Reporter = (report) =>
  `${[
    `# soundcheck: ${report.verdict}`,
    ...suitesOf(report).map(suiteMarkdown),
    `_${report.tool.name} ${report.tool.version}, ${report.startedAt}_`,
  ].join('\n\n')}\n`

function suiteMarkdown(suite: Suite): string {
  const { name, verdict, reasons, warnings, summary, checks } = suite
  return [
    `## ${verdict}: ${code(name)}`,
    `${summaryText(summary)}.`,
    ...reasons.map((reason) => `Because ${prose(reason)}.`),
    ...warnings.map((warning) => `**Warning:** ${prose(warning)}`),
    countsTable(checks),
    ...policyTable(suite),
    ...worstFirst(checks).map(failureMarkdown),
    ...notJudged(checks),
  ].join('\n\n')
}

function countsTable(checks: readonly CheckResult[]): string {
  const rows = groupCounts(checks).map(({ group, pass, fail, inconclusive, skip }) => [
    group,
    ...[pass, fail, inconclusive, skip].map((count) => (count === 0 ? '' : `${count}`)),
  ])
  return table(['group', 'passed', 'failed', 'inconclusive', 'skipped'], rows)
}

/** Budgets, and the failures that do not count. */
function policyTable({ budgets, known }: Suite): string[] {
  const rows = [
    ...budgets.map((budget) => [
      'budget',
      code(budget.expression),
      `${budget.verdict}: ${budgetText(budget)}`,
    ]),
    ...known.map(({ id, probe, reason }) => [
      'known',
      `${code(id)} on ${code(probe)}`,
      prose(reason),
    ]),
  ]
  return rows.length > 0 ? [table(['', 'what', 'result or reason'], rows)] : []
}

function notJudged(checks: readonly CheckResult[]): string[] {
  const rows = (['inconclusive', 'skip'] as const).flatMap((status) =>
    reasonsFor(status, checks).map(({ reason, ids }) => [
      status,
      prose(reason),
      ids.map(code).join(', '),
    ]),
  )
  return rows.length > 0 ? ['### Not judged', table(['', 'because', 'checks'], rows)] : []
}
