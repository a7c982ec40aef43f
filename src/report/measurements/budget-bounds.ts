import type { BenchReport } from '../../bench/index.ts'
import { metricNamed, readExpression, readStatistic, shareBelow } from '../../budget/index.ts'

export interface BudgetBound {
  readonly expression: string
  readonly bound: number
  /** The share of values that it is about; `null` when it is about their mean. */
  readonly share: number | null
}

/** The bounds that budgets set to a metric. */
export function budgetBounds(budgets: BenchReport['budgets'], metric: string): BudgetBound[] {
  return budgets.flatMap(({ expression }) => {
    const { name = '', statistic = '', bound = 0 } = readExpression(expression) ?? {}
    const read = readStatistic(statistic)
    return read && metricNamed(name) === metric
      ? { expression, bound, share: shareBelow(read) }
      : []
  })
}
