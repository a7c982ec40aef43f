import { isUpper, metrics } from '../../budget/index.ts'
import type { MetricName } from '../measure/metric-names.ts'
import type { BenchBudget } from './parse-bench-budget.ts'

/** `icl` has many values for each answer, and `lag` is of our own making. */
const NOT_OF_ANSWERS: readonly MetricName[] = ['icl', 'lag']
/** The bounds that keep a caller from harm. */
const HARM = {
  ms: 'max',
  times: 'max',
  'tokens/s': 'min',
  tokens: null,
  characters: null,
} as const

/**
 * Whether a budget says how many requests may fail: a bound on a share of all does, and one on a
 * percentile, a maximum of a time or a minimum of a pace, to which each failure is a value beyond it.
 */
export function countsFailures(budget: BenchBudget): boolean {
  if (budget.of === 'requests') return true
  const { metric, statistic } = budget
  if (NOT_OF_ANSWERS.includes(metric)) return false
  const extreme = isUpper(budget) ? 'max' : 'min'
  if (HARM[metrics[metric].unit] !== extreme) return false
  return statistic.kind === 'percentile' || statistic.kind === extreme
}
