import type { CheckReport, CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { budgetText } from '../verdicts/budget-text.ts'
import { groupCounts } from '../verdicts/group-counts.ts'
import { reasonsFor } from '../verdicts/reasons-for.ts'
import { plural } from '../text/plural.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { worstFirst } from '../verdicts/worst-first.ts'
import { scopesOf } from '../verdicts/where-text.ts'
import { fixFirstLine } from './fix-first-line.ts'
import { failureText, type FailureOptions } from './failure.ts'
import { labelled } from './labelled.ts'
import { type Colors, colorsOf, type TerminalStyle } from './style.ts'
import { proxyLines } from './proxy-lines.ts'
import { verdictWord } from './verdict-word.ts'
import { wrapped } from './wrapped.ts'

/** The report of `check`, for a reader at a terminal. */
export function checkReportText(
  report: CheckReport,
  style: TerminalStyle,
  options: Pick<FailureOptions, 'repeatCommand'> = {},
): string {
  const colors = colorsOf(style)
  const { target, checks, verdict, reasons, warnings } = report
  const { profile, model } = target
  const scopes = scopesOf(report)
  return [
    ...wrapped(
      `${colors.bold('soundcheck')} ${escapeText(target.url)} ${colors.dim(`(${profile}, model ${escapeText(model)})`)}`,
      0,
      style,
    ),
    ...proxyLines(target, style),
    // A terminal is read from its end.
    ...worstFirst(checks)
      .toReversed()
      .map((result) => `\n${failureText(result, style, { ...options, scopes })}`),
    '',
    ...groupLines(checks, colors),
    ...reasonLines(checks, style),
    ...knownLines(report, style),
    ...budgetLines(report, style),
    ...statisticsLines(report).flatMap((line) => wrapped(colors.dim(line), 2, style)),
    '',
    ...wrapped(`${verdictWord(verdict, colors)}  ${summaryText(report.summary)}`, 0, style),
    ...reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
    ...warnings.map((warning) => labelled('warning', escapeText(warning), 2, style)),
    ...fixFirstLine(checks, style),
    '',
  ].join('\n')
}

function groupLines(checks: readonly CheckResult[], colors: Colors): string[] {
  return groupCounts(checks).map(({ group, pass, fail, inconclusive, skip }) => {
    const counts = [
      pass > 0 && `${pass} passed`,
      fail > 0 && colors.red(`${fail} failed`),
      inconclusive > 0 && colors.yellow(`${inconclusive} inconclusive`),
      skip > 0 && colors.dim(`${skip} skipped`),
    ]
    return `  ${group.padEnd(10)} ${counts.filter(Boolean).join(', ')}`
  })
}

/** What could not be judged, each reason once. */
function reasonLines(checks: readonly CheckResult[], style: TerminalStyle): string[] {
  return reasonsFor('inconclusive', checks).map(({ reason, ids }) => {
    const some = ids.length > 3 ? `${ids.length} checks` : ids.join(', ')
    return labelled('inconclusive', `${some}: ${escapeText(reason)}`, 2, style)
  })
}

/** Failures that do not count, each with the reason why. */
function knownLines({ baseline }: CheckReport, style: TerminalStyle): string[] {
  return baseline
    .filter(({ state }) => state === 'applies')
    .map(({ id, probe, reason, until = null }) => {
      const end = until === null ? '' : ` (until ${until})`
      return labelled('known', escapeText(`${id} on ${probe}${end}: ${reason}`), 2, style)
    })
}

function budgetLines({ budgets }: CheckReport, style: TerminalStyle): string[] {
  return budgets.map((budget) => {
    const { expression, verdict } = budget
    return labelled(
      'budget',
      `${escapeText(expression)}: ${budgetText(budget)}, ${verdict}`,
      2,
      style,
    )
  })
}

function statisticsLines({ latency, requests, durationMs }: CheckReport): string[] {
  const { p50, max } = latency.firstContentMs
  return [
    ...(p50 === null || max === null
      ? []
      : [`first content after ${Math.round(p50)} ms (median), ${Math.round(max)} ms (worst)`]),
    `${plural(requests, 'request')} in ${(durationMs / 1000).toFixed(1)} s`,
  ]
}
