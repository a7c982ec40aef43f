import type { Tally } from '../tally/tally.ts'
import { type Judgement, UNMEASURED } from './judgement.ts'
import type { Budget } from './parse-budget.ts'
import { provesNeither } from './proves-neither.ts'
import { shareAgainst, sizeForShare } from './sample-size.ts'

/** Judges a bound on a share of all requests. */
export function judgeShare(budget: Budget & { of: 'requests' }, tally: Tally): Judgement {
  const { attempted, ok, good } = tally
  if (attempted === 0) return { ...UNMEASURED, reason: 'no request was measured' }
  const { share, operator, bound } = budget
  const hits = share === 'goodput' ? good : ok
  const misses = attempted - hits
  const actual = (share === 'errors' ? misses : hits) / attempted
  const keeps = operator === '<' ? actual < bound : actual > bound
  const judgement = { actual, keeps, reason: null, needed: null }
  // All three are bounds on the share of bad requests, seen from one side or the other.
  const isUpper = (operator === '<') === (share === 'errors')
  const allowed = share === 'errors' ? bound : 1 - bound
  if (!isUpper || allowed <= 0 || allowed >= 1) {
    return { ...judgement, verdict: keeps ? 'pass' : 'fail' }
  }
  const certain = shareAgainst(misses, attempted, allowed)
  if (certain !== null) return { ...judgement, verdict: certain === 'below' ? 'pass' : 'fail' }
  const needed = sizeForShare(allowed)
  return {
    ...judgement,
    verdict: 'inconclusive',
    needed: attempted < needed ? needed : null,
    reason:
      misses === 0
        ? `${attempted} requests without a failure prove less than this; it takes ${needed}`
        : `${misses} of ${attempted} requests ${provesNeither(misses, attempted, allowed)}`,
  }
}
