import type { Tally, RequestLimit } from '../tally/tally.ts'
import { judgeMetric } from './judge-metric.ts'
import { judgeShare } from './judge-share.ts'
import type { Judgement } from './judgement.ts'
import type { Budget } from './parse-budget.ts'

export interface BudgetResult extends Judgement {
  readonly expression: string
}

/** Judges a budget. `errorMs` is how much later than the truth the instrument may have stamped. */
export function judgeBudget(budget: Budget, tally: Tally, errorMs: number): BudgetResult {
  const { expression } = budget
  return budget.of === 'requests'
    ? { expression, ...judgeShare(budget, tally) }
    : { expression, ...judgeMetric(budget, tally, errorMs) }
}

/** What budgets ask of each single request. */
export function requestLimits(budgets: readonly Budget[]): RequestLimit[] {
  return budgets.flatMap((budget) =>
    budget.of === 'metric'
      ? { metric: budget.metric, operator: budget.operator, bound: budget.bound }
      : [],
  )
}
