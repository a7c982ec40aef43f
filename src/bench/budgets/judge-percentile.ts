import { type Bound, isUpper, keepsBound } from '../../budget/index.ts'
import { countBeyond } from '../tally/count-beyond.ts'
import type { Distribution } from '../tally/tally.ts'
import type { BlurredBound } from './blurred-bound.ts'
import { failuresAmong } from './failures-among.ts'
import type { Judgement } from './judgement.ts'
import { shareAgainst, sizeForShare, sizeToTell } from './sample-size.ts'

/**
 * Judges a percentile by how many values lie beyond its bound: a share, and proven as one. So many
 * failures are beyond any bound; a percentile that falls among them has no value.
 */
export function judgePercentile(
  percentile: number,
  { bound, perhaps, surely, doubt }: BlurredBound,
  distribution: Distribution,
  failures: number,
): Judgement {
  const count = distribution.histogram.count + failures
  const actual = percentileOf(percentile, bound, distribution, failures)
  const keeps = actual !== null && keepsBound(bound, actual)
  const judgement = { actual, keeps, reason: null, tooFew: false, needed: null }
  const allowed = (isUpper(bound) ? 100 - percentile : percentile) / 100
  const beyond = failures + countBeyond(distribution, perhaps)
  const surelyBeyond = failures + countBeyond(distribution, surely)
  const atMost = shareAgainst(beyond, count, allowed)
  const atLeast = shareAgainst(surelyBeyond, count, allowed)
  if (atMost === 'below') return { ...judgement, verdict: 'pass' }
  if (atLeast === 'above') {
    const reason = actual === null ? failuresAmong(failures, count) : null
    return { ...judgement, verdict: 'fail', reason }
  }
  const inconclusive = { ...judgement, verdict: 'inconclusive' } as const
  const least = sizeForShare(allowed)
  if (count < least) {
    const reason = `a p(${percentile}) of ${count} values proves nothing`
    return { ...inconclusive, reason, tooFew: true, needed: least }
  }
  if (atMost !== atLeast) return { ...inconclusive, reason: doubt }
  const ofFailures = failures > 0 ? `, ${failures} of them failures` : ''
  return {
    ...inconclusive,
    reason: `${beyond} of ${count} values are beyond the bound${ofFailures}, which proves neither side`,
    needed: sizeToTell(beyond, count, allowed),
  }
}

/** With failures beyond the highest value, or below the lowest. */
function percentileOf(
  percentile: number,
  bound: Bound,
  { histogram }: Distribution,
  failures: number,
): number | null {
  if (failures === 0) return histogram.percentile(percentile)
  const { count } = histogram
  const rankOfAll = Math.max(1, Math.ceil((percentile / 100) * (count + failures) - 1e-9))
  const rank = isUpper(bound) ? rankOfAll : rankOfAll - failures
  return rank < 1 || rank > count ? null : histogram.percentile((rank / count) * 100)
}
