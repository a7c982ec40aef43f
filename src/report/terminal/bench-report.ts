import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { BenchReport, MetricSummary } from '../../bench/index.ts'
import { coldText } from '../cold-text.ts'
import { escapeText } from '../escape-text.ts'
import { failuresText } from '../failures-text.ts'
import { instrumentText } from '../instrument-text.ts'
import { percent } from '../percent.ts'
import { planText } from '../plan-text.ts'
import { budgetLines } from './budget-lines.ts'
import { deadAirLines } from './dead-air-lines.ts'
import { histogramLines } from './histogram-lines.ts'
import { showNumber } from './show-quantity.ts'
import { type Colors, colorsOf, labelled, type TerminalStyle } from './style.ts'

/** The report of `bench`, for a reader at a terminal. */
export function benchReportText(report: BenchReport, style: TerminalStyle): string {
  const colors = colorsOf(style)
  const say = (text: string) => wrapAnsi(text, style.width, { trim: false })
  const cold = coldText(report.cold)
  return [
    say(
      `${colors.bold('soundcheck bench')} ${escapeText(report.target.url)} ${colors.dim(`(${escapeText(planText(report))})`)}`,
    ),
    '',
    ...metricLines(report, style),
    '',
    ...histogramLines('ttft', report.metrics.ttft, style),
    ...histogramLines('dead_air', report.metrics.dead_air, style),
    ...deadAirLines(report.deadAirExample, style),
    say(requestsLine(report, colors)),
    ...(cold === '' ? [] : [say(`  new connections: ${cold}`)]),
    say(`  instrument: ${instrumentText(report.instrument)}`),
    ...budgetSection(report, style),
    '',
    verdictText(report, colors),
    ...report.reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
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
  if (column + 20 > style.width) {
    const below = wrapAnsi(note, style.width - 4).replaceAll('\n', '\n    ')
    return `${row}\n    ${colors.dim(below)}`
  }
  const wrapped = wrapAnsi(note, style.width - column).split('\n')
  return wrapped
    .map((line, i) => (i === 0 ? `${row}  ` : ' '.repeat(column)) + colors.dim(line))
    .join('\n')
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
  return `  ${attempted} requests, ${perSecond.toFixed(1)}/s: ${ok} ok${failures}${availability}${good}${hungUp}`
}

function budgetSection(report: BenchReport, style: TerminalStyle): string[] {
  if (report.budgets.length === 0) return []
  const both = ['tpot p(95)<50', 'tps p(5)>50'].every((each) =>
    report.budgets.some(({ expression }) => expression === each),
  )
  const note = colorsOf(style).dim(
    '  note: 50 ms per token are 20 tokens/s; of these two budgets "more than 50 tokens/s" binds (20 ms per token).',
  )
  return [
    '',
    ...budgetLines(report, style),
    ...(both ? [wrapAnsi(note, style.width, { trim: false })] : []),
  ]
}

function verdictText({ verdict }: BenchReport, colors: Colors): string {
  const word = colors.bold(verdict.toUpperCase())
  return verdict === 'pass' ? colors.green(word) : colors.yellow(word)
}
