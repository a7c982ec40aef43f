/** Why an answer was given: the scenario that matched, or how near the others came. */
export interface Why {
  /** `null` when none matched. */
  readonly scenario: string | null
  /** The names of its conditions, all of which held. */
  readonly held: readonly string[]
  /** The nearest scenarios, when none matched. */
  readonly misses: readonly Miss[]
}

/** A scenario that did not match. */
export interface Miss {
  readonly scenario: string
  /** How many of its conditions held. */
  readonly held: number
  /** What each failed condition wanted, and what it saw. */
  readonly failed: readonly string[]
}
