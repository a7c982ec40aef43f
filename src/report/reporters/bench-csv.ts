import type { BenchReport } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'

const FIGURES = ['count', 'mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const

/** A line for each metric of a benchmark. */
export function benchCsv({ metrics }: BenchReport): string {
  const rows = Object.entries(metrics).map(([name, metric]) => [
    name,
    metric.unit,
    ...FIGURES.map((figure) => metric[figure] ?? ''),
    metric.definition,
  ])
  return [['metric', 'unit', ...FIGURES, 'definition'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
}

/** As RFC 4180 wants it. */
function cell(value: string | number): string {
  const text = escapeText(String(value))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
