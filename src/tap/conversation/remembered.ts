import type { Heard } from './hear.ts'
import type { HowSpoken } from './how-spoken.ts'
import type { Happening } from './name-turns.ts'

/** A happening whose name may still change. */
export interface Remembered extends Happening {
  readonly exchange: string
  readonly heard: Heard
  readonly text: string
  /** What the answer is called, where it tells. */
  readonly answer: string | undefined
  /** What the history says that was heard of it; `undefined` until it does. */
  readonly spoken: HowSpoken | undefined
}
