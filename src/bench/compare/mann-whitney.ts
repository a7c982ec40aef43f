/** Whether values of `b` tend to exceed those of `a`. */
export interface MannWhitney {
  /** The probability that one of `b` exceeds one of `a`; ties count half. */
  readonly superiority: number
  /** Two-sided, by the normal approximation with correction for ties. */
  readonly p: number
}

/** The Mann-Whitney U test: no assumption about how values are distributed. */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  const all = [
    ...a.map((value) => ({ value, isB: false })),
    ...b.map((value) => ({ value, isB: true })),
  ].toSorted((x, y) => x.value - y.value)
  let rankSumB = 0
  let tied = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]!.value === all[from]!.value) to++
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) if (all[i]!.isB) rankSumB += rank
    tied += (to - from) ** 3 - (to - from)
    from = to
  }
  const size = all.length
  const u = rankSumB - (b.length * (b.length + 1)) / 2
  const mean = (a.length * b.length) / 2
  const variance = ((a.length * b.length) / 12) * (size + 1 - tied / Math.max(1, size * (size - 1)))
  if (variance === 0) return { superiority: 0.5, p: 1 }
  const distance = Math.max(0, Math.abs(u - mean) - 0.5)
  return {
    superiority: u / (a.length * b.length),
    p: Math.min(1, 2 * upperTail(distance / Math.sqrt(variance))),
  }
}

/** The normal distribution beyond `z` >= 0 (Abramowitz and Stegun, 26.2.17; error below 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return density * series
}
