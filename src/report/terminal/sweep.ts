import type { BenchReport, LoadStep, Sweep } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showNumber } from '../text/show-quantity.ts'
import { labelled } from './labelled.ts'
import { type Colors, colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'

interface Column {
  /** Two lines; what stands above does so once for its neighbours. */
  readonly head: readonly [string, string]
  readonly width: number
  /** What is left out first where there is no room; 0 for what is never. */
  readonly rank: number
  readonly of: (report: BenchReport) => string
}

/** With the load and the verdict, 80 columns; the least of them, 60. */
const COLUMNS: readonly Column[] = [
  { head: ['', 'sent'], width: 7, rank: 0, of: ({ requests }) => String(requests.attempted) },
  {
    head: ['', 'failed'],
    width: 7,
    rank: 0,
    of: ({ requests }) => String(requests.attempted - requests.ok),
  },
  { head: ['ttft', 'p50'], width: 8, rank: 2, of: ({ metrics }) => showNumber(metrics.ttft.p50) },
  { head: ['ttft', 'p95'], width: 7, rank: 0, of: ({ metrics }) => showNumber(metrics.ttft.p95) },
  { head: ['ttft', 'p99'], width: 7, rank: 1, of: ({ metrics }) => showNumber(metrics.ttft.p99) },
  { head: ['ttfs', 'p95'], width: 7, rank: 0, of: ({ metrics }) => showNumber(metrics.ttfs.p95) },
  {
    head: ['dead air', 'p95'],
    width: 9,
    rank: 0,
    of: ({ metrics }) => showNumber(metrics.dead_air.p95),
  },
  { head: ['', 'good/s'], width: 7, rank: 3, of: ({ goodput }) => showNumber(goodput.perSecond) },
]
const LOAD_WIDTH = 7
/** Of the longest, and what sets it apart. */
const VERDICT_WIDTH = 14

function columnsFor({ width }: TerminalStyle): readonly Column[] {
  const room = width - LOAD_WIDTH - VERDICT_WIDTH
  let columns = COLUMNS
  for (let rank = 3; rank > 0 && widthOf(columns) > room; rank--) {
    columns = columns.filter((column) => column.rank !== rank)
  }
  return columns
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0)
}

/** The head of the table whose rows {@link sweepStepText} writes. */
export function sweepHeadText(of: 'rate' | 'concurrency', style: TerminalStyle): string {
  const { dim } = colorsOf(style)
  const columns = columnsFor(style)
  const above = columns.map(({ head: [group], width }, i) =>
    (group === columns[i - 1]?.head[0] ? '' : group).padStart(width),
  )
  const below = columns.map(({ head, width }) => head[1].padStart(width))
  const load = of === 'rate' ? 'rate/s' : 'at once'
  return [
    dim(`${''.padStart(LOAD_WIDTH)}${above.join('').trimEnd()}\n`),
    dim(`${load.padStart(LOAD_WIDTH)}${below.join('')}\n`),
  ].join('')
}

/** One load, in a row. */
export function sweepStepText(step: LoadStep, style: TerminalStyle): string {
  const cells = columnsFor(style).map(({ width, of }) => of(step.report).padStart(width))
  const verdict = verdictText(step.report, colorsOf(style))
  return `${String(loadOf(step)).padStart(LOAD_WIDTH)}${cells.join('')}  ${verdict}\n`
}

/** Up to which load the budgets held, and why not beyond. */
export function sweepText({ steps }: Sweep, style: TerminalStyle): string {
  const { bold } = colorsOf(style)
  const rising = steps.toSorted((a, b) => loadOf(a) - loadOf(b))
  const at = rising.findIndex(({ holds }) => !holds)
  const broken = rising[at]
  const told = (text: string, why: readonly string[] = []) =>
    [
      '',
      ...wrapped(text, 0, style),
      ...why.map((each) => labelled('because', escapeText(each), 2, style)),
      '',
    ].join('\n')
  if (!broken) {
    const last = rising.at(-1)
    return last && last.report.budgets.length > 0
      ? told(`${bold('HOLDS')}  up to ${describe(last)}, the most that was tried`)
      : ''
  }
  const held = rising[at - 1]
  const isCertain = broken.report.verdict === 'over-budget'
  const least = `${describe(broken)}, the least that was tried`
  const nowhere = isCertain
    ? `${bold('DOES NOT HOLD')}  not at ${least}`
    : `${bold('UNKNOWN')}  whether it holds at ${least}`
  const certain = isCertain
    ? undefined
    : rising.find(({ report }) => report.verdict === 'over-budget')
  const beyond = certain
    ? whyNotHeld(certain.report).map((why) => `at ${loadOf(certain)}: ${why}`)
    : []
  return told(
    held
      ? `${bold('HOLDS')}  up to ${describe(held)}, not ${isCertain ? '' : 'for certain '}at ${loadOf(broken)}`
      : nowhere,
    [...whyNotHeld(broken.report), ...beyond],
  )
}

function loadOf({ concurrency, ratePerSecond }: LoadStep): number {
  return concurrency ?? ratePerSecond ?? 0
}

function describe(step: LoadStep): string {
  return `${loadOf(step)} ${step.concurrency === null ? 'requests/s' : 'at once'}`
}

function verdictText({ verdict }: BenchReport, { green, red, yellow }: Colors): string {
  if (verdict === 'pass') return green(verdict)
  return verdict === 'over-budget' ? red(verdict) : yellow(verdict)
}
