import wrapAnsi from 'wrap-ansi'
import type { CheckReport, CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../escape-text.ts'
import { failureText, type FailureOptions } from './failure.ts'
import { mildestFirst } from './mildest-first.ts'
import { type Colors, colorsOf, labelled, type TerminalStyle } from './style.ts'
import { summaryText, verdictWord } from './summary.ts'

/** The report of `check`, for a reader at a terminal. */
export function checkReportText(
  report: CheckReport,
  style: TerminalStyle,
  options: Pick<FailureOptions, 'repeatCommand'> = {},
): string {
  const colors = colorsOf(style)
  const { target, checks, verdict, reasons } = report
  const { profile, model } = target
  const say = (text: string) => wrapAnsi(text, style.width, { trim: false })
  return [
    say(
      `${colors.bold('soundcheck')} ${escapeText(target.url)} ${colors.dim(`(${profile}, model ${escapeText(model)})`)}`,
    ),
    ...mildestFirst(checks).map((result) => `\n${failureText(result, style, options)}`),
    '',
    ...groupLines(checks, colors),
    ...reasonLines(checks, style),
    ...statisticsLines(report).map((line) => say(colors.dim(`  ${line}`))),
    '',
    say(`${verdictWord(verdict, colors)}  ${summaryText(report.summary)}`),
    ...reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
    '',
  ].join('\n')
}

function groupLines(checks: readonly CheckResult[], colors: Colors): string[] {
  const groups = Map.groupBy(checks, ({ id }) => id.slice(0, id.indexOf('/')))
  return [...groups].map(([group, results]) => {
    const count = (status: CheckResult['status']) =>
      results.filter((result) => result.status === status).length
    const counts = [
      count('pass') > 0 && `${count('pass')} passed`,
      count('fail') > 0 && colors.red(`${count('fail')} failed`),
      count('inconclusive') > 0 && colors.yellow(`${count('inconclusive')} inconclusive`),
      count('skip') > 0 && colors.dim(`${count('skip')} skipped`),
    ]
    return `  ${group.padEnd(10)} ${counts.filter(Boolean).join(', ')}`
  })
}

/** What could not be judged, each reason once. */
function reasonLines(checks: readonly CheckResult[], style: TerminalStyle): string[] {
  const unsure = checks.filter(({ status }) => status === 'inconclusive')
  return [...Map.groupBy(unsure, ({ reason }) => reason ?? '')].map(([reason, each]) => {
    const some = each.length > 3 ? `${each.length} checks` : each.map(({ id }) => id).join(', ')
    return labelled('inconclusive', `${some}: ${escapeText(reason)}`, 2, style)
  })
}

function statisticsLines({ latency, requests, durationMs }: CheckReport): string[] {
  const { p50, max } = latency.firstContentMs
  return [
    ...(p50 === null || max === null
      ? []
      : [`first content after ${Math.round(p50)} ms (median), ${Math.round(max)} ms (worst)`]),
    `${requests} ${requests === 1 ? 'request' : 'requests'} in ${(durationMs / 1000).toFixed(1)} s`,
  ]
}
