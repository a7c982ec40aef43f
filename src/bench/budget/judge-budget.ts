import { metricDefinitions } from '../measure/metric-definitions.ts'
import type { RequestLimit, Tally } from '../tally/tally.ts'
import type { Budget } from './parse-budget.ts'
import { shareAgainst, sizeForShare } from './sample-size.ts'

export interface BudgetResult {
  readonly expression: string
  readonly actual: number | null
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** Why it is inconclusive, and what it would take. */
  readonly reason: string | null
}

/** Judges a budget. `errorMs` is how much later than the truth the instrument may have stamped. */
export function judgeBudget(budget: Budget, tally: Tally, errorMs: number): BudgetResult {
  const { expression, operator, bound } = budget
  const { actual, ...judgement } =
    budget.of === 'requests'
      ? judgeShare(budget, tally)
      : judgeMetric(budget, tally, metricDefinitions[budget.metric].unit === 'ms' ? errorMs : 0)
  const keeps = actual !== null && (operator === '<' ? actual < bound : actual > bound)
  return { expression, actual, reason: null, verdict: keeps ? 'pass' : 'fail', ...judgement }
}

type Judgement = Partial<BudgetResult> & Pick<BudgetResult, 'actual'>

function inconclusive(actual: number | null, reason: string): Judgement {
  return { actual, verdict: 'inconclusive', reason }
}

function judgeShare(budget: Budget & { of: 'requests' }, tally: Tally): Judgement {
  const { attempted, ok, good } = tally
  if (attempted === 0) return inconclusive(null, 'no request was measured')
  const hits = budget.share === 'goodput' ? good : ok
  const misses = attempted - hits
  const actual = (budget.share === 'errors' ? misses : hits) / attempted
  // All three are bounds on the share of bad requests, seen from one side or the other.
  const isUpper = (budget.operator === '<') === (budget.share === 'errors')
  const allowed = budget.share === 'errors' ? budget.bound : 1 - budget.bound
  if (!isUpper || allowed <= 0 || allowed >= 1) return { actual }
  const certain = shareAgainst(misses, attempted, allowed)
  if (certain === 'above') return { actual, verdict: 'fail' }
  if (certain === 'below') return { actual, verdict: 'pass' }
  return inconclusive(
    actual,
    misses === 0
      ? `${attempted} requests without a failure prove less than this; it takes ${sizeForShare(allowed)}`
      : `${misses} of ${attempted} requests prove neither side of the bound`,
  )
}

function judgeMetric(budget: Budget & { of: 'metric' }, tally: Tally, errorMs: number): Judgement {
  const { histogram, sample } = tally.metrics[budget.metric]
  const { statistic, operator, bound } = budget
  if (histogram.count === 0) {
    const usage = ['tpot', 'tps', 'tokens_per_chunk'].includes(budget.metric)
    return inconclusive(
      null,
      usage
        ? 'there is no usage to count tokens by (chunks are not tokens), all text came at once, or tools were called'
        : 'nothing was measured',
    )
  }
  if (statistic.kind !== 'percentile') {
    return nearBound(
      statistic.kind === 'avg' ? histogram.mean : histogram[statistic.kind],
      budget,
      errorMs,
    )
  }
  const actual = histogram.percentile(statistic.percentile)
  // Values beyond the bound may be this share of all.
  const allowed = (operator === '<' ? 100 - statistic.percentile : statistic.percentile) / 100
  const needed = sizeForShare(allowed)
  if (histogram.count >= needed) return nearBound(actual, budget, errorMs)
  const beyond = sample.values.filter((value) =>
    operator === '<' ? value - errorMs >= bound : value <= bound,
  ).length
  if (shareAgainst(beyond, histogram.count, allowed) === 'above') {
    return { actual, verdict: 'fail' }
  }
  return inconclusive(
    actual,
    `p(${statistic.percentile}) takes ${needed} values; there are ${histogram.count}`,
  )
}

/** A time can only have been stamped late, so one below its bound is below it. */
function nearBound(actual: number | null, { operator, bound }: Budget, errorMs: number): Judgement {
  return actual !== null && operator === '<' && actual >= bound && actual - errorMs < bound
    ? inconclusive(
        actual,
        `it is within the error of the instrument, ${errorMs.toFixed(1)} ms, of the bound`,
      )
    : { actual }
}

/** What budgets ask of each single request. */
export function requestLimits(budgets: readonly Budget[]): RequestLimit[] {
  return budgets.flatMap((budget) =>
    budget.of === 'metric'
      ? { metric: budget.metric, operator: budget.operator, bound: budget.bound }
      : [],
  )
}
