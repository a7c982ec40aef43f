import type { CheckResult, LintReport } from '../../conformance/index.ts'
import { budgetText } from '../verdicts/budget-text.ts'
import { fixFirst } from '../verdicts/fix-first.ts'
import { groupCounts } from '../verdicts/group-counts.ts'
import { reasonsFor } from '../verdicts/reasons-for.ts'
import { code, prose, table } from '../markdown/escape-markdown.ts'
import { failureMarkdown } from '../markdown/failure.ts'
import { fit } from '../markdown/fit.ts'
import { mergeFiles } from '../verdicts/merge-files.ts'
import { plural } from '../text/plural.ts'
import { proxyText } from '../text/proxy-text.ts'
import type { Reporter } from '../reporter.ts'
import { type Suite, suitesOf } from '../verdicts/suites.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { worstFirst } from '../verdicts/worst-first.ts'

/**
 * Markdown as GitHub renders it, for a job's summary, a comment or an issue: no longer than a comment
 * may be. Several files are told by check.
 */
export const markdown: Reporter = (report) => {
  const suites = suitesOf(report)
  return `${fit([
    `# soundcheck: ${report.verdict}`,
    `_${report.tool.name} ${report.tool.version}, ${report.startedAt}_`,
    ...('target' in report && report.target.proxy
      ? [prose(`Sent ${proxyText(report.target)}.`)]
      : []),
    ...(suites.length > 1 && 'files' in report ? filesBlocks(report) : suites.flatMap(suiteBlocks)),
  ])}\n`
}

function suiteBlocks(suite: Suite): string[] {
  const { name, verdict, reasons, warnings, summary, checks } = suite
  return [
    `## ${verdict}: ${code(name)}`,
    `${summaryText(summary)}.`,
    ...reasons.map((reason) => `Because ${prose(reason)}.`),
    ...warnings.map((warning) => `**Warning:** ${prose(warning)}`),
    ...fixFirstBlock(checks),
    countsTable(checks),
    ...policyTable(suite),
    ...worstFirst(checks).map(failureMarkdown),
    ...notJudged(checks),
  ]
}

const MAX_ROWS = 100

function filesBlocks(report: LintReport): string[] {
  const { files, untold, summary } = report
  const checks = mergeFiles(files)
  const others = files.filter(({ verdict }) => verdict !== 'pass')
  const rows = others.slice(0, MAX_ROWS).map(({ file, verdict, reasons, checks: own }) => {
    const why = [...worstFirst(own).map(({ id }) => code(id)), ...reasons.map(prose)]
    return [verdict, code(file), why.join(', ')]
  })
  const passed = files.length - others.length + (untold?.pass ?? 0)
  const total = files.length + (untold?.files ?? 0)
  const further = untoldText(report)
  const left = others.length - rows.length
  return [
    `${plural(total, 'file')}, ${passed} of them good: ${summaryText(summary)}.`,
    ...fixFirstBlock(checks),
    ...(rows.length > 0 ? [`### Files\n\n${table(['', 'file', 'because'], rows)}`] : []),
    ...(left > 0 ? [`The JSON report has ${plural(left, 'further file')}.`] : []),
    ...(further === undefined ? [] : [`${prose(further)}.`]),
    ...worstFirst(checks).map(failureMarkdown),
  ]
}

function fixFirstBlock(checks: readonly CheckResult[]): string[] {
  const text = fixFirst(checks)
  return text === undefined ? [] : [`**Fix first:** ${prose(text)}`]
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
  return rows.length > 0 ? [`### Not judged\n\n${table(['', 'because', 'checks'], rows)}`] : []
}
