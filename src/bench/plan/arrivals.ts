import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

/** When requests are due in an open loop, whatever became of those before. */
export interface Arrivals {
  readonly spacing: 'constant' | 'poisson'
  /** At the start and at the end; in between it rises or falls evenly. */
  readonly ratePerSecond: readonly [from: number, to: number]
  readonly durationMs: number
}

/**
 * The due times of a whole run, in milliseconds from its start; the same seed gives the same times.
 *
 * A process of rate one is laid out first, then stretched by the inverse of the cumulated rate.
 */
export function dueTimes(
  { spacing, ratePerSecond: [from, to], durationMs }: Arrivals,
  seed: number,
): number[] {
  const random = mersenne(seed)
  const seconds = durationMs / 1_000
  const growth = (to - from) / seconds
  const expected = ((from + to) / 2) * seconds
  const times: number[] = []
  const step = () => (spacing === 'constant' ? 1 : -Math.log(1 - uniformFloat64(random)))
  for (let cumulated = spacing === 'constant' ? 0 : step(); cumulated < expected;) {
    // Solves from·t + growth·t²/2 = cumulated, in the form that is stable for a growth of 0.
    const t = (2 * cumulated) / (from + Math.sqrt(from * from + 2 * growth * cumulated))
    times.push(t * 1_000)
    cumulated += step()
  }
  return times
}
