import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

const RESAMPLES = 1_000

type Random = ReturnType<typeof mersenne>

/** An estimate, and the interval that holds the truth nine times out of ten. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * How much a quantile of `b` exceeds that of `a`, as a share of it, with its 90 % bootstrap interval
 * (percentile method). A test of equivalence at 5 % on each side is a look at this interval.
 */
export function quantileShift(
  a: readonly number[],
  b: readonly number[],
  share: number,
  seed = 1,
): Estimate {
  const sortedA = Float64Array.from(a).toSorted()
  const sortedB = Float64Array.from(b).toSorted()
  const random = mersenne(seed)
  const shifts = new Float64Array(RESAMPLES)
  for (let i = 0; i < RESAMPLES; i++) {
    const ofA = resampledQuantile(sortedA, share, random)
    shifts[i] = relative(ofA, resampledQuantile(sortedB, share, random))
  }
  shifts.sort()
  return {
    value: relative(quantile(sortedA, share), quantile(sortedB, share)),
    low: quantile(shifts, 0.05),
    high: quantile(shifts, 0.95),
  }
}

/** The smallest value that at least this share of all values does not exceed. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

function relative(a: number, b: number): number {
  return a === 0 ? (b === 0 ? 0 : Infinity) : b / a - 1
}

/**
 * The quantile of a resample, without drawing it: of `n` uniform numbers, the `k`-th smallest has a
 * beta distribution, and where it falls is the value.
 */
function resampledQuantile(sorted: Float64Array, share: number, random: Random): number {
  const { length } = sorted
  const rank = Math.max(1, Math.ceil(share * length))
  const below = gamma(rank, random)
  const at = below / (below + gamma(length + 1 - rank, random))
  return sorted[Math.min(length - 1, Math.floor(at * length))]!
}

/** A gamma variable of a shape of at least 1 (Marsaglia and Tsang, 2000). */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal =
      Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) *
      Math.cos(2 * Math.PI * uniformFloat64(random))
    const v = (1 + c * normal) ** 3
    if (v <= 0) continue
    const bound = (normal * normal) / 2 + d - d * v + d * Math.log(v)
    if (Math.log(1 - uniformFloat64(random)) < bound) return d * v
  }
}
