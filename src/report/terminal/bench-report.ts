import stringWidth from 'string-width'
import type { BenchReport, MetricSummary } from '../../bench/index.ts'
import { coldText } from '../cold-text.ts'
import { escapeText } from '../../wire/index.ts'
import { failuresText } from '../failures-text.ts'
import { instrumentText } from '../instrument-text.ts'
import { percent } from '../percent.ts'
import { planText } from '../plan-text.ts'
import { budgetLines } from './budget-lines.ts'
import { deadAirLines } from './dead-air-lines.ts'
import { histogramLines } from './histogram-lines.ts'
import { proxyLines } from './proxy-lines.ts'
import { showNumber } from './show-quantity.ts'
import { type Colors, colorsOf, labelled, type TerminalStyle } from './style.ts'
import { whyNotHeld } from '../why-not-held.ts'
import { wrapped } from './wrapped.ts'

/** The report of `bench`, for a reader at a terminal. */
export function benchReportText(report: BenchReport, style: TerminalStyle): string {
  const colors = colorsOf(style)
  const cold = coldText(report.cold)
  return [
    ...wrapped(
      `${colors.bold('soundcheck bench')} ${escapeText(report.target.url)} ${colors.dim(`(${escapeText(planText(report))})`)}`,
      0,
      style,
    ),
    ...proxyLines(report.target, style),
    '',
    // First of all: the times below are of good answers only.
    ...wrapped(requestsLine(report, colors), 2, style),
    ...failureLines(report, style),
    '',
    ...metricLines(report, style),
    '',
    ...histogramLines('ttft', report.metrics.ttft, style),
    ...histogramLines('dead_air', report.metrics.dead_air, style),
    ...deadAirLines(report.deadAirExample, style),
    ...(cold === '' ? [] : wrapped(`new connections: ${cold}`, 2, style)),
    ...wrapped(`instrument: ${instrumentText(report.instrument)}`, 2, style),
    ...budgetSection(report, style),
    '',
    verdictText(report, colors),
    ...whyNotHeld(report).map((why) => labelled(leadOf(report), escapeText(why), 2, style)),
    '',
  ].join('\n')
}

const COLUMNS = ['p50', 'p90', 'p95', 'p99', 'max'] as const
const NAME_WIDTH = 16
const NUMBER_WIDTH = 9

function metricLines({ metrics }: BenchReport, style: TerminalStyle): string[] {
  const colors = colorsOf(style)
  const head = colors.dim(
    `  ${''.padEnd(NAME_WIDTH)}${COLUMNS.map((name) => name.padStart(NUMBER_WIDTH)).join('')}`,
  )
  const rows = Object.entries(metrics)
    .filter(([, { count }]) => count > 0)
    .map(([name, metric]) => metricLine(name, metric, style, colors))
  return rows.length > 0 ? [head, ...rows] : [colors.dim('  nothing was measured')]
}

function metricLine(
  name: string,
  metric: MetricSummary,
  style: TerminalStyle,
  colors: Colors,
): string {
  const figures = COLUMNS.map((column) => showNumber(metric[column]).padStart(NUMBER_WIDTH)).join(
    '',
  )
  const row = `  ${name.padEnd(NAME_WIDTH)}${figures}`
  const alias = metric.elevenLabs === undefined ? '' : `; ElevenLabs: ${metric.elevenLabs}`
  const note = `${metric.unit} ${metric.definition}${alias}`
  const column = stringWidth(row) + 2
  return column + 20 > style.width
    ? [row, ...wrapped(colors.dim(note), 4, style)].join('\n')
    : `${row}  ${wrapped(colors.dim(note), column, style).join('\n').slice(column)}`
}

function requestsLine({ requests, goodput, budgets }: BenchReport, colors: Colors): string {
  const { attempted, ok, cancelled, perSecond } = requests
  const failed = failuresText(requests)
  const failures = failed === '' ? '' : colors.red(`, ${failed}`)
  const availability = attempted === 0 ? '' : `, availability ${percent(ok / attempted)}`
  const good =
    budgets.length > 0 && goodput.fraction !== null
      ? `; within all budgets: ${percent(goodput.fraction)}, ${goodput.perSecond.toFixed(1)}/s`
      : ''
  const hungUp = cancelled > 0 ? `; ${cancelled} hung up on purpose` : ''
  return `${attempted} requests, ${perSecond.toFixed(1)}/s: ${ok} ok${failures}${availability}${good}${hungUp}`
}

/** What was seen of failures, and how to see more. */
function failureLines({ failureExamples, target }: BenchReport, style: TerminalStyle): string[] {
  const examples = Object.entries(failureExamples ?? {})
  if (examples.length === 0) return []
  return [
    ...examples.map(([name, seen]) => labelled(name, escapeText(seen), 2, style)),
    labelled('try', `soundcheck check ${escapeText(target.url)}`, 2, style),
  ]
}

function budgetSection(report: BenchReport, style: TerminalStyle): string[] {
  if (report.budgets.length === 0) return []
  const both = ['tpot p(95)<50', 'tps p(5)>50'].every((each) =>
    report.budgets.some(({ expression }) => expression === each),
  )
  const note = colorsOf(style).dim(
    'note: 50 ms per token are 20 tokens/s; of these two budgets "more than 50 tokens/s" binds (20 ms per token).',
  )
  return ['', ...budgetLines(report, style), ...(both ? wrapped(note, 2, style) : [])]
}

/** What does not keep a run from passing is no reason for its verdict. */
function leadOf({ verdict }: BenchReport): string {
  return verdict === 'pass' ? 'but' : 'because'
}

function verdictText({ verdict }: BenchReport, colors: Colors): string {
  const word = colors.bold(verdict.toUpperCase())
  return verdict === 'pass' ? colors.green(word) : colors.yellow(word)
}
