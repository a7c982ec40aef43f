import type { BenchReport } from '../../bench/index.ts'
import { clip, escapeText } from '../../wire/index.ts'
import { coldText } from '../measurements/cold-text.ts'
import { failuresText } from '../measurements/failures-text.ts'
import { instrumentText } from '../measurements/instrument-text.ts'
import { percent } from '../text/percent.ts'
import { plural } from '../text/plural.ts'
import { loadText, planText } from '../measurements/plan-text.ts'
import { unfinishedText } from '../measurements/unfinished-text.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'
import { budgetLines } from './budget-lines.ts'
import { deadAirLines } from './dead-air-lines.ts'
import { histogramLines } from './histogram-lines.ts'
import { metricLines } from './metric-lines.ts'
import { proxyLines } from './proxy-lines.ts'
import { labelled } from './labelled.ts'
import { type BenchStyle, colorsOf, type TerminalStyle } from './style.ts'
import { verdictWord } from './verdict-word.ts'
import { wrapped } from './wrapped.ts'

/** The report of `bench`, for a reader at a terminal. */
export function benchReportText(report: BenchReport, style: BenchStyle): string {
  const sections = style.isWhole ? wholeReport(report, style) : summary(report, style)
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** What decides, and what a voice needs. */
function summary(report: BenchReport, style: BenchStyle): string[][] {
  return [
    titleLines(report, loadText(report), style),
    [...requestLines(report, style), ...failureLines(report, style)],
    [...metricLines(report, style), ...deadAirLines(report.deadAirExample, style)],
    budgetLines(report, style),
    verdictLines(report, style),
  ]
}

function wholeReport(report: BenchReport, style: BenchStyle): string[][] {
  const { metrics, cold, instrument, budgets } = report
  const opened = coldText(cold)
  return [
    titleLines(report, planText(report), style),
    [...requestLines(report, style), ...failureLines(report, style)],
    metricLines(report, style),
    histogramLines('ttft', metrics.ttft, style),
    histogramLines('dead_air', metrics.dead_air, style),
    deadAirLines(report.deadAirExample, style),
    [
      ...(opened === '' ? [] : wrapped(`new connections: ${opened}`, 2, style)),
      ...wrapped(`instrument: ${instrumentText(instrument)}`, 2, style),
    ],
    [...budgetLines(report, style), ...paceNote(budgets, style)],
    verdictLines(report, style),
  ]
}

function titleLines({ target }: BenchReport, plan: string, style: TerminalStyle): string[] {
  const { bold, dim } = colorsOf(style)
  const title = `${bold('soundcheck bench')} ${escapeText(target.url)} ${dim(`(${escapeText(plan)})`)}`
  return [...wrapped(title, 0, style), ...proxyLines(target, style)]
}

/** First of all: the times are of good answers only. */
export function requestLines(report: BenchReport, style: TerminalStyle): string[] {
  const { requests, goodput, budgets } = report
  const { attempted, ok, cancelled, unfinished, chained, perSecond } = requests
  const failed = failuresText(report)
  const failures =
    failed === ''
      ? ''
      : `, ${colorsOf(style).red(escapeText(failed))}; availability ${percent(ok / attempted)}`
  const good =
    budgets.length > 0 && goodput.fraction !== null
      ? `; within all budgets: ${percent(goodput.fraction)}, ${goodput.perSecond.toFixed(1)}/s`
      : ''
  const hungUp = cancelled > 0 ? `; ${cancelled} hung up on purpose` : ''
  const underWay = unfinished ? `; ${unfinishedText(unfinished)}` : ''
  const wentOn = chained === undefined ? '' : `; ${chained} went on from the answer before`
  const text = `${plural(attempted, 'request')}, ${perSecond.toFixed(1)}/s: ${ok} ok${failures}${good}${hungUp}${underWay}${wentOn}`
  return wrapped(text.replaceAll(' %', '\u00A0%'), 2, style)
}

/** Of a summary. */
const MAX_EXAMPLES = 2

/** What was seen of failures, and how to see more. */
export function failureLines({ failures = [], target }: BenchReport, style: BenchStyle): string[] {
  if (failures.length === 0) return []
  const examples = failures.flatMap(({ failure, seen }) =>
    seen === null ? [] : { failure, seen: escapeText(seen) },
  )
  const shown = style.isWhole
    ? examples
    : examples.slice(0, MAX_EXAMPLES).map((each) => ({ ...each, seen: cut(each.seen, style) }))
  return [
    ...shown.map(({ failure, seen }) => labelled(failure, seen, 2, style)),
    labelled('run', `soundcheck check ${escapeText(target.url)}`, 2, style),
  ]
}

/** Cuts a text to the line that it has behind a label. */
function cut(text: string, { width }: TerminalStyle): string {
  return clip(text, Math.max(20, width - 13))
}

function paceNote(budgets: BenchReport['budgets'], style: TerminalStyle): string[] {
  const both = ['tpot p(95)<50', 'tps p(5)>50'].every((each) =>
    budgets.some(({ expression }) => expression === each),
  )
  const note = colorsOf(style).dim(
    'note: 50 ms per token are 20 tokens/s; of these two budgets "more than 50 tokens/s" binds (20 ms per token).',
  )
  return both ? wrapped(note, 2, style) : []
}

function verdictLines(report: BenchReport, style: TerminalStyle): string[] {
  return [
    verdictWord(report.verdict, colorsOf(style)),
    ...whyNotHeld(report).map((why) => labelled(leadOf(report), escapeText(why), 2, style)),
  ]
}

/** What does not keep a run from passing is no reason for its verdict. */
function leadOf({ verdict }: BenchReport): string {
  return verdict === 'pass' ? 'but' : 'because'
}
