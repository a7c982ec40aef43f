/** How many of how many. */
export interface Proportion {
  readonly hits: number
  readonly of: number
}

/**
 * Fisher's exact test: the probability that chance alone sets two proportions so far apart, or
 * farther (two-sided).
 */
export function fisherExact(a: Proportion, b: Proportion): number {
  const hits = a.hits + b.hits
  const all = a.of + b.of
  const least = Math.max(0, hits - b.of)
  const most = Math.min(hits, a.of)
  // From one table to the next, up to a factor that they have in common.
  const logs = new Float64Array(most - least + 1)
  for (let k = least; k < most; k++) {
    const odds = ((hits - k) / (k + 1)) * ((a.of - k) / (all - hits - a.of + k + 1))
    logs[k - least + 1] = logs[k - least]! + Math.log(odds)
  }
  const peak = logs.reduce((highest, each) => Math.max(highest, each), -Infinity)
  // Tables as likely as the one that was seen differ from it by the last digits.
  const seen = logs[a.hits - least]! + 1e-7
  let total = 0
  let tail = 0
  for (const each of logs) {
    const weight = Math.exp(each - peak)
    total += weight
    if (each <= seen) tail += weight
  }
  return Math.min(1, tail / total)
}
