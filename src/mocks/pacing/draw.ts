import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Distribution } from './pacing.ts'

/** Gives numbers from 0 up to 1, 1 excluded. */
export type Random = () => number

/** Numbers that depend on the seed alone, which must be a hash: small ones all begin alike. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  return () => uniformFloat64(generator)
}

/** Draws from a distribution; `ordinal` says the how manieth draw it is. */
export function draw(distribution: Distribution, random: Random, ordinal: number): number {
  return Math.max(0, drawAny(distribution, random, ordinal))
}

function drawAny(from: Distribution, random: Random, ordinal: number): number {
  if (typeof from === 'number') return from
  switch (from.distribution) {
    case 'constant':
      return from.value
    case 'normal':
      return from.mean + from.deviation * standardNormal(random)
    case 'lognormal':
      return from.median * Math.exp(from.sigma * standardNormal(random))
    case 'pareto':
      return from.least / (1 - random()) ** (1 / from.alpha)
    case 'recorded':
      return from.values[ordinal % from.values.length]!
  }
}

/**
 * By Box and Muller: two numbers for each draw, whatever was drawn before, so that a seed keeps its
 * times. Libraries draw until a point lies in the circle, and keep half of it for the next.
 */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
