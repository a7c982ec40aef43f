import type { BenchReport } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { benchPage } from '../html/bench-page.ts'
import { jsonText } from '../text/json-text.ts'
import { plural } from '../text/plural.ts'
import { prose, table } from '../markdown/escape-markdown.ts'
import { proxyText } from '../text/proxy-text.ts'
import { benchReportText } from '../terminal/bench-report.ts'
import { showActual } from './show-actual.ts'
import { seenFailures } from './seen-failures.ts'
import { showNumber } from '../terminal/show-quantity.ts'
import type { BenchStyle } from '../terminal/style.ts'
import { whyNotHeld } from './why-not-held.ts'

/** Turns the report of `bench` into text. Pure. */
type BenchReporter = (report: BenchReport, style: BenchStyle) => string

const FIGURES = ['count', 'mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const

/** Every way to report a run of `bench`, by the name a user gives. */
export const benchReporters = {
  terminal: benchReportText,
  json: (report) => jsonText(report),
  csv: ({ metrics }) => {
    const rows = Object.entries(metrics).map(([name, metric]) => [
      name,
      metric.unit,
      ...FIGURES.map((figure) => metric[figure] ?? ''),
      metric.definition,
    ])
    return [['metric', 'unit', ...FIGURES, 'definition'], ...rows]
      .map((row) => `${row.map(csvCell).join(',')}\r\n`)
      .join('')
  },
  markdown: (report) => {
    const { target, verdict, requests, metrics, budgets } = report
    const reasons = [...whyNotHeld(report), ...seenFailures(report)]
    const measured = Object.entries(metrics).filter(([, { count }]) => count > 0)
    const figures = measured.map(([name, metric]) => [
      `\`${name}\``,
      metric.unit,
      ...(['p50', 'p95', 'p99', 'max'] as const).map((figure) => showNumber(metric[figure])),
      prose(metric.definition),
    ])
    const bounds = budgets.map((budget) => [
      prose(budget.expression),
      showActual(budget),
      budget.verdict,
      prose(
        [budget.reason ?? '', ...(budget.needed ? [`it takes about ${budget.needed}`] : [])].join(
          '; ',
        ),
      ),
    ])
    return [
      `## soundcheck bench: ${verdict}`,
      `${prose([target.url, proxyText(target)].join(' ').trimEnd())}: ${plural(requests.attempted, 'request')}, ${requests.ok} ok, ${requests.perSecond.toFixed(1)}/s`,
      ...(reasons.length > 0 ? [reasons.map((reason) => `- ${prose(reason)}`).join('\n')] : []),
      ...(bounds.length > 0 ? [table(['budget', 'is', 'verdict', ''], bounds)] : []),
      table(['metric', 'unit', 'p50', 'p95', 'p99', 'max', 'definition'], figures),
      '',
    ].join('\n\n')
  },
  html: benchPage,
} satisfies Record<string, BenchReporter>

export type BenchReporterName = keyof typeof benchReporters

/** As RFC 4180 wants it. */
function csvCell(value: string | number): string {
  const text = escapeText(String(value))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
