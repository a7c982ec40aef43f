import type { MetricSummary } from '../../bench/index.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { showNumber } from '../text/show-quantity.ts'

const BARS = 8
const MAX_BAR = 40

/** How the values of a metric are spread, in a few bars. */
export function histogramLines(
  name: string,
  { sample, unit }: MetricSummary,
  style: TerminalStyle,
): string[] {
  if (!sample || sample.length === 0) return []
  const low = sample.reduce((least, value) => Math.min(least, value), Infinity)
  const high = sample.reduce((most, value) => Math.max(most, value), -Infinity)
  if (low === high) return []
  const width = (high - low) / BARS
  const counts = Array.from({ length: BARS }, () => 0)
  for (const value of sample) {
    const bar = Math.min(BARS - 1, Math.floor((value - low) / width))
    counts[bar] = counts[bar]! + 1
  }
  const most = Math.max(...counts)
  const room = Math.min(MAX_BAR, style.width - 40)
  const colors = colorsOf(style)
  return [
    colors.dim(`  ${name}, ${unit}`),
    ...counts.map((count, i) => {
      const range = `${showNumber(low + i * width)} - ${showNumber(low + (i + 1) * width)}`
      return `  ${range.padStart(18)}  ${'#'.repeat(Math.ceil((count / most) * Math.max(room, 1)))} ${count}`
    }),
  ]
}
