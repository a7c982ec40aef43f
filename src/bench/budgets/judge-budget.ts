import type { RequestShare } from '../../budget/index.ts'
import type { MetricName } from '../measure/metric-names.ts'
import type { RequestLimit, Tally } from '../tally/tally.ts'
import { judgeMetric } from './judge-metric.ts'
import { judgeShare } from './judge-share.ts'
import type { Judgement } from './judgement.ts'
import type { BenchBudget } from './parse-bench-budget.ts'

export interface BudgetResult extends Judgement {
  readonly expression: string
  readonly of: MetricName | RequestShare
}

/** Judges a budget. `errorMs` is how much later than the truth the instrument may have stamped. */
export function judgeBudget(budget: BenchBudget, tally: Tally, errorMs: number): BudgetResult {
  const { expression } = budget
  return budget.of === 'requests'
    ? { expression, of: budget.share, ...judgeShare(budget, tally, errorMs) }
    : { expression, of: budget.metric, ...judgeMetric(budget, tally, errorMs) }
}

/** What budgets ask of each single request. */
export function requestLimits(budgets: readonly BenchBudget[]): RequestLimit[] {
  return budgets.flatMap((budget) =>
    budget.of === 'metric'
      ? { metric: budget.metric, operator: budget.operator, bound: budget.bound }
      : [],
  )
}
