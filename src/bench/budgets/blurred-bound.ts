import { type Bound, isUpper, metrics } from '../../budget/index.ts'
import { blurOf, spanBetween } from '../instrument/blur-of.ts'
import type { RequestLimit, Tally } from '../tally/tally.ts'
import { withinError } from './within-error.ts'

/** A bound, and where it lies for values that are not exact. */
export interface BlurredBound {
  readonly bound: Bound
  /** A value on the wrong side of this one may be. */
  readonly perhaps: Bound
  /** A value on the wrong side of this one surely is. */
  readonly surely: Bound
  /** What is said of values between the two. */
  readonly doubt: string
}

/** Blurs a bound by the error of what was measured, where stamps may be so many milliseconds late. */
export function blurredBound(limit: RequestLimit, tally: Tally, errorMs: number): BlurredBound {
  const { metric, operator, bound } = limit
  const spanMs = spanBetween(tally.metrics.ttft.histogram.mean, tally.metrics.e2e.histogram.mean)
  const { below, above } = blurOf(metric, bound, { errorMs, spanMs })
  // A value that seems larger than it is, may break an upper bound that it keeps.
  const low = { operator, bound: bound - below }
  const high = { operator, bound: bound + above }
  const [perhaps, surely] = isUpper(limit) ? [low, high] : [high, low]
  const doubt = withinError(Math.max(below, above), metrics[metric].unit)
  return { bound: limit, perhaps, surely, doubt }
}
