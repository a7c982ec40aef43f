/** What became of a budget. */
export interface Judgement {
  /** `null` when nothing was measured, and for a percentile or maximum that is of a failed request. */
  readonly actual: number | null
  /** Whether what was measured keeps the bound, proven or not; `null` when nothing was measured. */
  readonly keeps: boolean | null
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** Why it is inconclusive; what failed requests have to do with it. */
  readonly reason: string | null
  /** Whether there are fewer values than it takes to prove that the bound is kept. */
  readonly tooFew: boolean
  /** How many values would tell, if they stay as they are; `null` with a verdict, and where no number would. */
  readonly needed: number | null
}

export const UNMEASURED = {
  actual: null,
  keeps: null,
  verdict: 'inconclusive',
  tooFew: false,
  needed: null,
} as const satisfies Partial<Judgement>
