import type { BenchReport } from '../../bench/index.ts'
import { prose, table } from '../markdown/escape-markdown.ts'
import { seenFailures } from '../measurements/seen-failures.ts'
import { showActual } from '../measurements/show-actual.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'
import { plural } from '../text/plural.ts'
import { proxyText } from '../text/proxy-text.ts'
import { showNumber } from '../text/show-quantity.ts'

/** A benchmark in GitHub's Markdown: why it did not hold, its budgets, its metrics. */
export function benchMarkdown(report: BenchReport): string {
  const { target, verdict, requests, budgets } = report
  const reasons = [...whyNotHeld(report), ...seenFailures(report)]
  return [
    `## soundcheck bench: ${verdict}`,
    `${prose([target.url, proxyText(target)].join(' ').trimEnd())}: ${plural(requests.attempted, 'request')}, ${requests.ok} ok, ${requests.perSecond.toFixed(1)}/s`,
    ...(reasons.length > 0 ? [reasons.map((reason) => `- ${prose(reason)}`).join('\n')] : []),
    ...(budgets.length > 0 ? [budgetTable(budgets)] : []),
    metricTable(report.metrics),
    '',
  ].join('\n\n')
}

function budgetTable(budgets: BenchReport['budgets']): string {
  const rows = budgets.map((budget) => {
    const needed = budget.needed ? [`it takes about ${budget.needed}`] : []
    const why = prose([budget.reason ?? '', ...needed].join('; '))
    return [prose(budget.expression), showActual(budget), budget.verdict, why]
  })
  return table(['budget', 'is', 'verdict', ''], rows)
}

function metricTable(metrics: BenchReport['metrics']): string {
  const figures = ['p50', 'p95', 'p99', 'max'] as const
  const rows = Object.entries(metrics)
    .filter(([, { count }]) => count > 0)
    .map(([name, metric]) => [
      `\`${name}\``,
      metric.unit,
      ...figures.map((figure) => showNumber(metric[figure])),
      prose(metric.definition),
    ])
  return table(['metric', 'unit', ...figures, 'definition'], rows)
}
