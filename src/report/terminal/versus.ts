import type { BenchReport, Versus } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'
import { failureLines, requestLines } from './bench-report.ts'
import { budgetLines } from './budget-lines.ts'
import { comparisonText } from './comparison.ts'
import { metricLines } from './metric-lines.ts'
import { proxyLines } from './proxy-lines.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

/** The verdict on each of two endpoints, where there is more to say than that it was measured, and what sets them apart. */
export function versusText({ first, second, comparison }: Versus, style: TerminalStyle): string {
  const names = [first.target.url, second.target.url] as const
  const isCompared = comparison.metrics.length > 0
  const runs = [first, second].map((report) => runText(report, isCompared, style))
  return [...runs, comparisonText(comparison, names, style)].join('')
}

function runText(report: BenchReport, isCompared: boolean, style: TerminalStyle): string {
  if (isCompared && report.budgets.length === 0 && report.verdict === 'pass') return ''
  const { bold } = colorsOf(style)
  return [
    ...wrapped(bold(escapeText(report.target.url)), 0, style),
    ...proxyLines(report.target, style),
    ...requestLines(report, style),
    ...failureLines(report, style),
    ...(isCompared || report.requests.ok === 0 ? [] : metricLines(report, style)),
    ...budgetLines(report, style),
    bold(report.verdict.toUpperCase()),
    ...whyNotHeld(report).map((why) => labelled('because', escapeText(why), 2, style)),
    '',
    '',
  ].join('\n')
}
