import { countBeyond } from '../tally/count-beyond.ts'
import type { Distribution } from '../tally/tally.ts'
import type { Judgement } from './judgement.ts'
import { shareAgainst, sizeForShare } from './sample-size.ts'
import { withinError } from './within-error.ts'

/** A bound, and where it lies for times that may have been stamped too late. */
export interface BlurredBound {
  readonly operator: '<' | '>'
  readonly bound: number
  /** A value on the wrong side of this one may be. */
  readonly perhaps: number
  /** A value on the wrong side of this one surely is. */
  readonly surely: number
  readonly blurMs: number
}

/** Judges a percentile by how many values lie beyond its bound: a share, and proven as one. */
export function judgePercentile(
  percentile: number,
  { operator, bound, perhaps, surely, blurMs }: BlurredBound,
  distribution: Distribution,
): Judgement {
  const { histogram } = distribution
  const { count } = histogram
  const actual = histogram.percentile(percentile)!
  const keeps = operator === '<' ? actual < bound : actual > bound
  const judgement = { actual, keeps, reason: null, needed: null }
  const allowed = (operator === '<' ? 100 - percentile : percentile) / 100
  const beyond = countBeyond(distribution, operator, perhaps)
  const atMost = shareAgainst(beyond, count, allowed)
  const atLeast = shareAgainst(countBeyond(distribution, operator, surely), count, allowed)
  if (atMost === 'below') return { ...judgement, verdict: 'pass' }
  if (atLeast === 'above') return { ...judgement, verdict: 'fail' }
  const needed = sizeForShare(allowed)
  if (count < needed) {
    const reason = `p(${percentile}) takes ${needed} values; there are ${count}`
    return { ...judgement, verdict: 'inconclusive', reason, needed }
  }
  return {
    ...judgement,
    verdict: 'inconclusive',
    reason:
      atMost === atLeast
        ? `${beyond} of ${count} values beyond the bound prove neither side of it`
        : withinError(blurMs),
  }
}
