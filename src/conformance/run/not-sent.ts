import { type Gap, unjudged } from '../check/gap.ts'

/** Thrown where a probe sends although the run has ended. */
export class NotSent extends Error {
  readonly gap: Gap

  constructor(reason: string) {
    super(reason)
    this.gap = unjudged(`not sent: ${reason}`)
  }
}
