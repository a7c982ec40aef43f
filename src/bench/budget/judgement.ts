/** What became of a budget. */
export interface Judgement {
  /** `null` when nothing was measured, and for a percentile or maximum that is of a failed request. */
  readonly actual: number | null
  /** Whether what was measured keeps the bound, proven or not; `null` when nothing was measured. */
  readonly keeps: boolean | null
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** Why it is inconclusive, and what it would take; what failed requests have to do with it. */
  readonly reason: string | null
  /** How many values a verdict takes; `null` where there are as many. */
  readonly needed: number | null
}

export const UNMEASURED = {
  actual: null,
  keeps: null,
  verdict: 'inconclusive',
  needed: null,
} as const satisfies Partial<Judgement>
