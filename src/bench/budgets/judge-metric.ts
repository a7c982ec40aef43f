import { keepsBound, type MetricBudget } from '../../budget/index.ts'
import type { MetricName } from '../measure/metric-names.ts'
import type { Tally } from '../tally/tally.ts'
import { blurredBound } from './blurred-bound.ts'
import { countsFailures } from './counts-failures.ts'
import { failuresBeyond } from './failures-beyond.ts'
import { failuresAmong } from './failures-among.ts'
import { judgePercentile } from './judge-percentile.ts'
import { type Judgement, UNMEASURED } from './judgement.ts'

const OF_TOKENS: readonly MetricName[] = ['tpot', 'tps', 'tokens_per_chunk']

/**
 * Judges a bound on a metric. `errorMs` is how much later than the truth the instrument may have
 * stamped.
 *
 * A percentile has to be proven; a mean, a minimum and a maximum are what was measured. A failed
 * request is slower than any bound on a percentile, and on a maximum of a time or a minimum of a pace;
 * what bounds the other side, means, and `icl`, of which an answer has many, are of good answers.
 */
export function judgeMetric(
  budget: MetricBudget<'bench'>,
  tally: Tally,
  errorMs: number,
): Judgement {
  const { metric, statistic } = budget
  const distribution = tally.metrics[metric]
  const { histogram } = distribution
  const failures = countsFailures(budget) ? failuresBeyond(metric, tally) : 0
  const count = histogram.count + failures
  if (count === 0) return { ...UNMEASURED, reason: whyUnmeasured(metric) }
  const blurred = blurredBound(budget, tally, errorMs)
  if (statistic.kind === 'percentile') {
    return judgePercentile(statistic.percentile, blurred, distribution, failures)
  }
  if (failures > 0) {
    const reason = failuresAmong(failures, count)
    return { actual: null, keeps: false, verdict: 'fail', reason, tooFew: false, needed: null }
  }
  const actual = (statistic.kind === 'avg' ? histogram.mean : histogram[statistic.kind])!
  const keeps = keepsBound(budget, actual)
  const judgement = { actual, keeps, reason: null, tooFew: false, needed: null }
  if (keepsBound(blurred.perhaps, actual)) return { ...judgement, verdict: 'pass' }
  if (!keepsBound(blurred.surely, actual)) return { ...judgement, verdict: 'fail' }
  return { ...judgement, verdict: 'inconclusive', reason: blurred.doubt }
}

function whyUnmeasured(metric: MetricName): string {
  return OF_TOKENS.includes(metric)
    ? 'there is no usage to count tokens by (chunks are not tokens), it does not tell reasoning apart, all text came at once, or tools were called'
    : 'nothing was measured'
}
