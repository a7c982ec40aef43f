import type { CheckReport, CheckResult, Summary, Verdict } from '../../conformance/index.ts'
import wrapAnsi from 'wrap-ansi'
import { escapeText } from '../escape-text.ts'
import { failureText, type RequestFile } from './failure.ts'
import { type Colors, colorsOf, type TerminalStyle } from './style.ts'

/** The report of `check`, for a reader at a terminal. */
export function checkReportText(
  report: CheckReport,
  style: TerminalStyle,
  requestFile?: RequestFile,
): string {
  const colors = colorsOf(style)
  const { target, checks, requests, durationMs, verdict } = report
  return [
    `${colors.bold('soundcheck')} ${escapeText(target.url)} ${colors.dim(`(${target.profile}, model ${escapeText(target.model)})`)}`,
    ...failed(checks).map((result) => `\n${failureText(result, style, requestFile)}`),
    '',
    ...groupLines(checks, colors),
    ...reasonLines(checks, colors),
    ...latencyLine(report, colors),
    colors.dim(`  ${requests} requests in ${(durationMs / 1000).toFixed(1)} s`),
    '',
    `${verdictWord(verdict, colors)}  ${summaryText(report.summary)}`,
    '',
  ]
    .map((line) => (line.startsWith('\n') ? line : wrapAnsi(line, style.width, { trim: false })))
    .join('\n')
}

/** Failures, the gravest last: a terminal is read from its end. */
export function failed(checks: readonly CheckResult[]): CheckResult[] {
  return checks
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => gravity(a) - gravity(b))
}

function gravity({ findings }: CheckResult): number {
  return ['info', 'warning', 'error'].findLastIndex((severity) =>
    findings.some((finding) => finding.severity === severity),
  )
}

function groupLines(checks: readonly CheckResult[], colors: Colors): string[] {
  const groups = Map.groupBy(checks, ({ id }) => id.split('/')[0]!)
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

/** Why checks could not tell, each reason once. */
function reasonLines(checks: readonly CheckResult[], colors: Colors): string[] {
  const unsure = checks.filter(({ status }) => status === 'inconclusive')
  return [...Map.groupBy(unsure, ({ reason }) => reason)].map(([reason, each]) => {
    const some = each.length > 3 ? `${each.length} checks` : each.map(({ id }) => id).join(', ')
    const [why] = (reason ?? '').split('\n')
    return colors.dim(`  inconclusive: ${some}: ${escapeText(why!)}`)
  })
}

function latencyLine({ latency }: CheckReport, colors: Colors): string[] {
  const { p50, max } = latency.firstContentMs
  if (p50 === null || max === null) return []
  return [
    colors.dim(
      `  first content after ${Math.round(p50)} ms (median), ${Math.round(max)} ms (worst)`,
    ),
  ]
}

export function verdictWord(verdict: Verdict, colors: Colors): string {
  const word = verdict.toUpperCase()
  switch (verdict) {
    case 'pass':
      return colors.green(colors.bold(word))
    case 'fail':
      return colors.red(colors.bold(word))
    default:
      return colors.yellow(colors.bold(word))
  }
}

export function summaryText({ errors, warnings, infos, ...counts }: Summary): string {
  const total = counts.pass + counts.fail + counts.skip + counts.inconclusive
  const failures = [
    errors > 0 && plural(errors, 'error'),
    warnings > 0 && plural(warnings, 'warning'),
    infos > 0 && plural(infos, 'note'),
  ].filter(Boolean)
  return [
    `${total} checks: ${counts.pass} passed`,
    ...(counts.fail > 0 ? [`${counts.fail} failed (${failures.join(', ')})`] : []),
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
    ...(counts.skip > 0 ? [`${counts.skip} skipped`] : []),
  ].join(', ')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
