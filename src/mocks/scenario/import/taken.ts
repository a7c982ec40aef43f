import type { AnswerSpec, Scenario } from '../spec/scenario.ts'

/** Notes what becomes of a fixture. */
export type Note = (what: string) => void

/** What a fixture says, and the scenario that it becomes. */
export interface Taken {
  readonly match: NonNullable<Scenario['when']>
  readonly sequenceIndex: number | undefined
  readonly then: AnswerSpec
  readonly name: string
}
