import type { Comparison, Difference, MetricComparison } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showNumber } from '../text/show-quantity.ts'
import { labelled } from './labelled.ts'
import { type Colors, colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

const WORDS: Record<Difference, string> = {
  none: 'no difference',
  slower: 'slower',
  faster: 'faster',
  inconclusive: 'inconclusive',
}

/** What sets a second run apart from a first, for a reader at a terminal. */
export function comparisonText(
  { metrics, difference, reasons }: Comparison,
  names: readonly [first: string, second: string],
  style: TerminalStyle,
): string {
  const colors = colorsOf(style)
  const [first, second] = names
  return [
    ...wrapped(
      `${colors.bold(escapeText(second))} beside ${colors.bold(escapeText(first))}`,
      0,
      style,
    ),
    '',
    ...(metrics.length === 0
      ? []
      : [
          colors.dim(
            `  ${'median'.padEnd(16)}${'first'.padStart(9)}${'second'.padStart(9)}${style.width < WIDE ? '' : '   difference, 90 % interval   p95'}`,
          ),
          ...metrics.flatMap((each) => metricLines(each, style)),
          '',
        ]),
    ...reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
    ...wrapped(verdictText(metrics[0], difference, colors), 0, style),
    '',
  ].join('\n')
}

/** Narrower terminals have no room for a row. */
const WIDE = 92

function metricLines(each: MetricComparison, style: TerminalStyle): string[] {
  const [first, second] = each.medians.map((value) => showNumber(value).padStart(9))
  const interval = `${percent(each.p50.value)} (${percent(each.p50.low)} to ${percent(each.p50.high)})`
  const p95 = each.p95 === null ? '' : percent(each.p95.value)
  const medians = `  ${each.metric.padEnd(16)}${first}${second}`
  const difference = paint(each.difference, colorsOf(style))
  if (style.width >= WIDE) {
    return [`${medians}   ${interval.padEnd(26)}  ${p95.padEnd(9)} ${difference}`]
  }
  const below = `${interval}${p95 === '' ? '' : `, p95 ${p95}`}`
  return [`${medians}   ${difference}`, ...wrapped(below, 4, style)]
}

function verdictText(
  decisive: MetricComparison | undefined,
  difference: Difference,
  colors: Colors,
): string {
  const word = paint(difference, colors)
  if (!decisive) return word
  const { metric, p50, p, superiority, counts } = decisive
  return `${word}  ${metric}: ${percent(p50.value)} in the median; the second is the larger in ${Math.round(superiority * 100)} of 100 pairs (Mann-Whitney p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}; ${counts[0]} and ${counts[1]} values)`
}

function paint(difference: Difference, colors: Colors): string {
  const word = WORDS[difference]
  if (difference === 'slower') return colors.red(word)
  return difference === 'inconclusive' ? colors.yellow(word) : colors.green(word)
}

function percent(share: number): string {
  if (!Number.isFinite(share)) return 'from 0'
  return `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`
}
