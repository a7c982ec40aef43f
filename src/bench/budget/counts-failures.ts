import { type MetricName, metricDefinitions } from '../measure/metric-definitions.ts'
import type { Budget } from './parse-budget.ts'

/** `icl` has many values for each answer, and `lag` is of our own making. */
const NOT_OF_ANSWERS: readonly MetricName[] = ['icl', 'lag']
/** The bounds that keep a caller from harm. */
const HARM = { ms: '<', times: '<', 'tokens/s': '>', tokens: null, characters: null } as const

/**
 * Whether a budget says how many requests may fail: a bound on a share of all does, and one on a
 * percentile, a maximum of a time or a minimum of a pace, to which each failure is a value beyond it.
 */
export function countsFailures(budget: Budget): boolean {
  if (budget.of === 'requests') return true
  const { metric, statistic, operator } = budget
  if (NOT_OF_ANSWERS.includes(metric)) return false
  if (HARM[metricDefinitions[metric].unit] !== operator) return false
  return statistic.kind === 'percentile' || statistic.kind === (operator === '<' ? 'max' : 'min')
}
