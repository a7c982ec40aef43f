import type { CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { plural } from '../text/plural.ts'
import { showNumber } from '../text/show-quantity.ts'
import { type Colors, colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

/** In how many calls a check found something, before and after. */
export interface FindingsChange {
  readonly check: string
  readonly severity: CheckResult['severity']
  readonly calls: readonly [before: number, after: number]
}

/** A percentile of a time in milliseconds, before and after; `null` where nothing was measured. */
export interface TimeChange {
  readonly time: 'first content' | 'first sentence' | 'dead air'
  readonly percentile: 50 | 95
  readonly ms: readonly [before: number | null, after: number | null]
}

/** What sets the calls of two folders apart. */
export interface CallsComparison {
  readonly calls: readonly [before: number, after: number]
  /** Only checks that find something in one of them. */
  readonly findings: readonly FindingsChange[]
  readonly times: readonly TimeChange[]
}

/** What sets saved calls apart from others, for a reader at a terminal. */
export function callsComparisonText(
  { calls, findings, times }: CallsComparison,
  names: readonly [first: string, second: string],
  style: TerminalStyle,
): string {
  const colors = colorsOf(style)
  const [first, second] = names.map((name) => colors.bold(escapeText(name)))
  const row = (name: string, values: readonly string[]) =>
    `  ${name.padEnd(20)}${values.map((value) => value.padStart(9)).join('')}`
  return [
    ...wrapped(`${second} beside ${first}`, 0, style),
    '',
    colors.dim(row('', ['first', 'second'])),
    row('calls', calls.map(String)),
    ...times.map(({ time, percentile, ms }) => row(`${time} p${percentile}`, ms.map(showMs))),
    '',
    ...(findings.length === 0
      ? ['Neither has findings.']
      : findings.map((change) => findingsLine(change, colors))),
    '',
  ].join('\n')
}

function showMs(ms: number | null): string {
  return ms === null ? '-' : `${showNumber(ms)} ms`
}

function findingsLine({ check, severity, calls }: FindingsChange, colors: Colors): string {
  const [before, after] = calls
  return `  ${wordFor(calls, colors)} ${check} (${severity}): in ${plural(before, 'call')}, now in ${after}`
}

/** As wide as each other. */
function wordFor([before, after]: FindingsChange['calls'], colors: Colors): string {
  if (before === 0) return colors.red('new ')
  if (after === 0) return colors.green('gone')
  if (before === after) return colors.dim('same')
  return after > before ? colors.yellow('more') : colors.green('less')
}
