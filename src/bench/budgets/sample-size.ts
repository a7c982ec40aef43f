/** How sure a verdict must be. */
const CONFIDENCE = 0.95

/**
 * How many values it takes before the largest of them bounds a percentile from above, with a
 * confidence of 95 %: 59 for p95, 299 for p99.
 */
export function sizeForShare(share: number): number {
  return Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - share))
}

/** More values than this are no way to prove anything. */
const MAX_SIZE = 1_000_000
/** So many standard deviations above its mean, a normal value is in 5 % of all cases. */
const Z = 1.645

/**
 * About how many values it takes to prove on which side of a bound a share lies, if it stays what it
 * was in these: by the normal approximation with its continuity correction, to two digits. `null`
 * when that is too many.
 */
export function sizeToTell(hits: number, size: number, bound: number): number | null {
  const distance = Math.abs(hits / size - bound)
  const spread = Z * Math.sqrt(bound * (1 - bound))
  const root = (spread + Math.sqrt(spread ** 2 + 2 * distance)) / (2 * distance)
  // These did not tell.
  const needed = Math.max(size + 1, root ** 2)
  if (needed > MAX_SIZE) return null
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(needed)) - 1)
  return Math.ceil(needed / unit) * unit
}

/** The probability of at most `hits` in `size` trials of probability `share`. */
export function binomialAtMost(hits: number, size: number, share: number): number {
  let sum = 0
  let logTerm = size * Math.log1p(-share)
  const odds = Math.log(share) - Math.log1p(-share)
  for (let k = 0; k <= hits; k++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(size - k) - Math.log(k + 1) + odds
  }
  return Math.min(1, sum)
}

/**
 * What a count says about a true share that must stay below a bound: `below` or `above` for certain
 * (95 %), or neither.
 */
export function shareAgainst(hits: number, size: number, bound: number): 'below' | 'above' | null {
  if (binomialAtMost(hits, size, bound) <= 1 - CONFIDENCE) return 'below'
  if (hits > 0 && 1 - binomialAtMost(hits - 1, size, bound) <= 1 - CONFIDENCE) return 'above'
  return null
}
