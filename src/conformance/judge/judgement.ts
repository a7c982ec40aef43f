import type { Check, Observation } from '../check/define-check.ts'
import type { Gap } from '../check/gap.ts'
import type { Severity } from '../check/severity.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { ProbeId } from '../probe-ids.ts'

/** The exchanges of one probe, in the order in which they were sent. */
export interface ProbeResult {
  /** `undefined` for an exchange of nobody's probe, such as a recorded call. */
  readonly probe: ProbeId | undefined
  readonly evidence: readonly Evidence[]
  /** Why the probe was not sent, or not to its end. */
  readonly notSent?: Gap
}

/** An observation, and the exchange that shows it. */
export type Observed = Observation & { readonly evidence: Evidence; readonly severity: Severity }

/** What one look of a check at some exchanges brought. */
export type Judgement = { readonly on: readonly Evidence[] } & (
  | {
      readonly status: 'observed'
      readonly observations: readonly Observed[]
      /** What is worth knowing although it is no failure. */
      readonly note?: string
    }
  | Gap
  /** The check threw: whatever an endpoint sends, that is our bug. */
  | { readonly status: 'broken'; readonly error: unknown }
)

export type Judgements = ReadonlyMap<Check, readonly Judgement[]>
