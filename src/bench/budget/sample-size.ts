/** How sure a verdict must be. */
const CONFIDENCE = 0.95

/**
 * How many values it takes before the largest of them bounds a percentile from above, with a
 * confidence of 95 %: 59 for p95, 299 for p99.
 */
export function sizeForShare(share: number): number {
  return Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - share))
}

/** More requests than this are no way to prove anything. */
const MAX_SIZE = 1_000_000

/**
 * About how many values it takes to prove on which side of a bound a share lies, if it stays what it
 * was in these; `null` when that is too many.
 */
export function sizeToTell(hits: number, size: number, bound: number): number | null {
  const tells = (many: number) =>
    shareAgainst(Math.round((hits / size) * many), many, bound) !== null
  let high = size
  while (!tells(high)) {
    high *= 2
    if (high > MAX_SIZE) return null
  }
  let low = high / 2
  while (high - low > Math.max(1, high / 100)) {
    const middle = Math.ceil((low + high) / 2)
    if (tells(middle)) high = middle
    else low = middle
  }
  return Number(high.toPrecision(2)) < high
    ? Number((high * 1.05).toPrecision(2))
    : Number(high.toPrecision(2))
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
