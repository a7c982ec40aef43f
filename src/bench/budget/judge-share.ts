import type { Tally } from '../tally/tally.ts'
import { type Judgement, UNMEASURED } from './judgement.ts'
import type { Budget } from './parse-budget.ts'
import { shareAgainst, sizeForShare, sizeToTell } from './sample-size.ts'

/** Judges a bound on a share of all requests. */
export function judgeShare(budget: Budget & { of: 'requests' }, tally: Tally): Judgement {
  const { attempted, ok, good } = tally
  if (attempted === 0) return { ...UNMEASURED, reason: 'no request was measured' }
  const { share, operator, bound } = budget
  const hits = share === 'goodput' ? good : ok
  const misses = attempted - hits
  const actual = (share === 'errors' ? misses : hits) / attempted
  const keeps = operator === '<' ? actual < bound : actual > bound
  const judgement = { actual, keeps, reason: null, tooFew: false, needed: null }
  // All three are bounds on the share of bad requests, seen from one side or the other.
  const isUpper = (operator === '<') === (share === 'errors')
  const allowed = share === 'errors' ? bound : 1 - bound
  if (!isUpper || allowed <= 0 || allowed >= 1) {
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
          reason: `${attempted === 1 ? '1 request' : `${attempted} requests`} without a failure ${attempted === 1 ? 'proves' : 'prove'} too little`,
          needed: least,
        }
      : {
          reason: `${misses} of ${attempted} requests ${share === 'goodput' ? 'were not good' : 'failed'}, which proves neither side`,
          needed: sizeToTell(misses, attempted, allowed),
        }),
  }
}
