import type { BenchReport } from '../../bench/index.ts'

export interface BudgetBound {
  readonly expression: string
  readonly bound: number
  /** The share of values that it is about; `null` when it is about their mean. */
  readonly share: number | null
}

const SHARES: Readonly<Record<string, number>> = { min: 0, med: 0.5, max: 1 }

/** The bounds that budgets set to a metric. */
export function budgetBounds(budgets: BenchReport['budgets'], metric: string): BudgetBound[] {
  return budgets.flatMap(({ expression }) => {
    const [, name, plain, percentile, bound] =
      /^(\w+)\s+(?:(\w+)|p\(([\d.]+)\))\s*[<>]\s*([\d.]+)$/.exec(expression) ?? []
    if (name !== metric) return []
    const share = plain === undefined ? Number(percentile) / 100 : (SHARES[plain] ?? null)
    return { expression, bound: Number(bound), share }
  })
}
