import { isUpper, keepsBound, type ShareBudget } from '../../budget/index.ts'
import type { Tally } from '../tally/tally.ts'
import { type Judgement, UNMEASURED } from './judgement.ts'
import { shareAgainst, sizeForShare, sizeToTell } from './sample-size.ts'

/** Judges a bound on a share of all requests. */
export function judgeShare(budget: ShareBudget, tally: Tally): Judgement {
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
  if (!isUpperOnBad || allowed <= 0 || allowed >= 1) {
    return { ...judgement, verdict: keeps ? 'pass' : 'fail' }
  }
  const certain = shareAgainst(misses, attempted, allowed)
  if (certain !== null) return { ...judgement, verdict: certain === 'below' ? 'pass' : 'fail' }
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
