import stringWidth from 'string-width'
import type { BenchReport, MetricSummary } from '../../bench/index.ts'
import { showNumber } from '../text/show-quantity.ts'
import { type BenchStyle, colorsOf } from './style.ts'
import { wrapped } from './wrapped.ts'

/** What a voice needs: its first text, its first sentence, and what comes too late after that. */
const OF_VOICES: readonly string[] = ['ttft', 'ttfs', 'dead_air']
const COLUMNS = ['p50', 'p90', 'p95', 'p99', 'max'] as const
const NAME_WIDTH = 16
const NUMBER_WIDTH = 8
/** Narrower terminals have no room for all columns, and a unit. */
const WIDE = 68
/** What it takes to explain a metric in a line or two beside it. */
const NOTE_WIDTH = 36

/** The figures of what was measured: those that have a budget or that a voice needs, or all of them. */
export function metricLines({ metrics, budgets }: BenchReport, style: BenchStyle): string[] {
  const { dim } = colorsOf(style)
  const bounded = budgets.map(({ of }) => of)
  const rows = Object.entries(metrics).filter(
    ([name, { count }]) =>
      count > 0 && (style.isWhole || OF_VOICES.includes(name) || bounded.some((of) => of === name)),
  )
  if (rows.length === 0) return [dim('  nothing was measured')]
  const columns = COLUMNS.filter((name) => style.width >= WIDE || name !== 'p90')
  const hint = style.isWhole ? '' : '--all for more'
  const head = columns.map((name) => name.padStart(NUMBER_WIDTH)).join('')
  return [
    dim(`  ${hint.padEnd(NAME_WIDTH)}${head}`),
    ...rows.flatMap(([name, metric]) => {
      const figures = columns.map((column) => showNumber(metric[column]).padStart(NUMBER_WIDTH))
      return withNote(`  ${name.padEnd(NAME_WIDTH)}${figures.join('')}`, metric, style)
    }),
  ]
}

/** A row and what it means: all of it in a whole report, below where there is no room beside it. */
function withNote(row: string, metric: MetricSummary, style: BenchStyle): string[] {
  const { dim } = colorsOf(style)
  const { unit, definition, elevenLabs } = metric
  const column = stringWidth(row) + 2
  const room = style.width - column
  const alias = elevenLabs === undefined ? '' : `; ElevenLabs: ${elevenLabs}`
  const note =
    style.isWhole || room >= NOTE_WIDTH
      ? `${unit} ${definition}${style.isWhole ? alias : ''}`
      : unit
  return room < Math.min(20, note.length)
    ? [row, ...wrapped(dim(note), 4, style)]
    : [`${row}  ${wrapped(dim(note), column, style).join('\n').slice(column)}`]
}
