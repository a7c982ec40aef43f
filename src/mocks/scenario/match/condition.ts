import type { Situation } from './situation.ts'

/** One thing that must hold for a scenario to answer. */
export interface Condition {
  /** The member of `when` that it stands for. */
  readonly name: string
  holds(situation: Situation): boolean
  /** What was wanted, and what was seen, when it does not hold. */
  explain(situation: Situation): string
}
