import { type Bound, isUpper, keepsBound, type ShareBudget } from '../../budget/index.ts'
import { countBeyond } from '../tally/count-beyond.ts'
import type { Tally } from '../tally/tally.ts'
import { blurredBound } from './blurred-bound.ts'
import { type Judgement, UNMEASURED } from './judgement.ts'
import { shareAgainst, sizeForShare, sizeToTell } from './sample-size.ts'

/**
 * Judges a bound on a share of all requests. `errorMs` is how much later than the truth the instrument
 * may have stamped, which may make a request look good, or not.
 */
export function judgeShare(budget: ShareBudget, tally: Tally, errorMs: number): Judgement {
  const { attempted, ok, good } = tally
  if (attempted === 0) return { ...UNMEASURED, reason: 'no request was measured' }
  const { share, bound } = budget
  const hits = share === 'goodput' ? good : ok
  const misses = attempted - hits
  const actual = (share === 'errors' ? misses : hits) / attempted
  const keeps = keepsBound(budget, actual)
  const judgement = { actual, keeps, reason: null, tooFew: false, needed: null }
  // All three are bounds on the share of bad requests, seen from one side or the other.
  const isUpperOnBad = isUpper(budget) === (share === 'errors')
  const allowed = share === 'errors' ? bound : 1 - bound
  const { surely, perhaps } =
    share === 'goodput' ? missesOf(tally, errorMs) : { surely: misses, perhaps: misses }
  const blurred = {
    ...judgement,
    verdict: 'inconclusive',
    reason: `${perhaps - surely} requests are within the error of the instrument, ${errorMs.toFixed(1)} ms, of what makes them good`,
  } as const
  if (!isUpperOnBad || allowed <= 0 || allowed >= 1) {
    const verdicts = [surely, perhaps].map((bad) =>
      keepsBound(budget, (share === 'errors' ? bad : attempted - bad) / attempted),
    )
    return verdicts[0] === verdicts[1]
      ? { ...judgement, verdict: keeps ? 'pass' : 'fail' }
      : blurred
  }
  const [atLeast, atMost] = [surely, perhaps].map((bad) => shareAgainst(bad, attempted, allowed))
  if (atMost === 'below') return { ...judgement, verdict: 'pass' }
  if (atLeast === 'above') return { ...judgement, verdict: 'fail' }
  if (atLeast !== atMost) return blurred
  const least = sizeForShare(allowed)
  return {
    ...judgement,
    verdict: 'inconclusive',
    tooFew: attempted < least,
    ...(misses === 0
      ? {
          reason:
            attempted === 1
              ? '1 request without a failure proves too little'
              : `${attempted} requests without a failure prove too little`,
          needed: least,
        }
      : {
          reason: `${misses} of ${attempted} requests ${share === 'goodput' ? 'were not good' : 'failed'}, which proves neither side`,
          needed: sizeToTell(misses, attempted, allowed),
        }),
  }
}

/** How many requests were not good: for certain, and by what may have been stamped late. */
function missesOf(tally: Tally, errorMs: number): { surely: number; perhaps: number } {
  const { attempted, ok, good, limits, metrics } = tally
  const misses = attempted - good
  if (errorMs === 0) return { surely: misses, perhaps: misses }
  const counts = limits.map((limit) => {
    // Of the gaps of an answer, the longest decides.
    const metric = limit.metric === 'icl' ? 'stall' : limit.metric
    const { bound, perhaps, surely } = blurredBound({ ...limit, metric }, tally, errorMs)
    const beyond = (each: Bound) => countBeyond(metrics[metric], each)
    return { least: beyond(surely), doubtful: beyond(perhaps) - beyond(bound) }
  })
  const doubtful = counts.reduce((sum, each) => sum + each.doubtful, 0)
  return {
    surely: attempted - ok + Math.max(0, ...counts.map(({ least }) => least)),
    perhaps: Math.min(attempted, misses + doubtful),
  }
}
