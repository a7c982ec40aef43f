import type { BenchReport, LoadStep, Sweep } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showNumber } from './show-quantity.ts'
import { type Colors, colorsOf, labelled, type TerminalStyle } from './style.ts'
import { whyNotHeld } from '../why-not-held.ts'

interface Column {
  /** Two lines. */
  readonly head: readonly [string, string]
  readonly width: number
  readonly of: (report: BenchReport) => string
}

/** With the load and the verdict, as wide as terminals are at least. */
const COLUMNS: readonly Column[] = [
  { head: ['', 'sent'], width: 7, of: ({ requests }) => String(requests.attempted) },
  {
    head: ['', 'failed'],
    width: 7,
    of: ({ requests }) => String(requests.attempted - requests.ok),
  },
  { head: ['ttft', 'p50'], width: 8, of: ({ metrics }) => showNumber(metrics.ttft.p50) },
  { head: ['', 'p95'], width: 7, of: ({ metrics }) => showNumber(metrics.ttft.p95) },
  { head: ['', 'p99'], width: 7, of: ({ metrics }) => showNumber(metrics.ttft.p99) },
  { head: ['ttfs', 'p95'], width: 7, of: ({ metrics }) => showNumber(metrics.ttfs.p95) },
  { head: ['dead air', 'p95'], width: 9, of: ({ metrics }) => showNumber(metrics.dead_air.p95) },
  { head: ['', 'good/s'], width: 7, of: ({ goodput }) => showNumber(goodput.perSecond) },
]
const LOAD_WIDTH = 7

/** The head of the table whose rows {@link sweepStepText} writes. */
export function sweepHeadText(of: 'rate' | 'concurrency', style: TerminalStyle): string {
  const { dim } = colorsOf(style)
  const above = [
    ''.padStart(LOAD_WIDTH),
    ...COLUMNS.map(({ head, width }) => head[0].padStart(width)),
  ]
  const below = [
    (of === 'rate' ? 'rate/s' : 'at once').padStart(LOAD_WIDTH),
    ...COLUMNS.map(({ head, width }) => head[1].padStart(width)),
  ]
  return `${dim(above.join('').trimEnd())}\n${dim(below.join(''))}\n`
}

/** One load, in a row. */
export function sweepStepText(step: LoadStep, style: TerminalStyle): string {
  const cells = COLUMNS.map(({ width, of }) => of(step.report).padStart(width))
  const verdict = verdictText(step.report, colorsOf(style))
  return `${String(loadOf(step)).padStart(LOAD_WIDTH)}${cells.join('')}  ${verdict}\n`
}

/** Up to which load the budgets held, and why not beyond. */
export function sweepText({ steps }: Sweep, style: TerminalStyle): string {
  const { bold } = colorsOf(style)
  const rising = steps.toSorted((a, b) => loadOf(a) - loadOf(b))
  const at = rising.findIndex(({ holds }) => !holds)
  const broken = rising[at]
  if (!broken) {
    const last = rising.at(-1)
    return last && last.report.budgets.length > 0
      ? `\n${bold('HOLDS')}  up to ${describe(last)}, the most that was tried\n`
      : ''
  }
  const held = rising[at - 1]
  const isCertain = broken.report.verdict === 'over-budget'
  const least = `${describe(broken)}, the least that was tried`
  const nowhere = isCertain
    ? `${bold('DOES NOT HOLD')}  not at ${least}`
    : `${bold('UNKNOWN')}  whether it holds at ${least}`
  return [
    '',
    held
      ? `${bold('HOLDS')}  up to ${describe(held)}, not ${isCertain ? '' : 'for certain '}at ${loadOf(broken)}`
      : nowhere,
    ...whyNotHeld(broken.report).map((why) => labelled('because', escapeText(why), 2, style)),
    '',
  ].join('\n')
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
