import type { Check } from '../check/define-check.ts'

/** Checks that belong together: those of one folder. */
export interface Group {
  /** Its folder, with which the ids of its checks begin. */
  readonly id: string
  /** In the order in which they are told. */
  readonly checks: readonly Check[]
}
