import type { Place, Tamper } from '../wire/index.ts'
import type { Evidence } from './evidence.ts'
import type { Need } from './needs.ts'
import type { ProbeId } from './probe.ts'

/**
 * - `error`: breaks a documented MUST, crashes a real client, loses speech or kills the call.
 * - `warning`: breaks some clients, or will break when something else changes.
 * - `info`: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info'

/** What a check saw, in the words it is told in. */
export interface Observation {
  /** What was seen and, where it is not plain, what follows from it. */
  readonly message: string
  readonly expected: string
  readonly actual?: string
  /** The event or line; without it, the whole answer is meant. */
  readonly at?: Place & { readonly index?: number }
  /** JSON Pointer into the event's data. */
  readonly path?: string
  /** How often it was seen; `at` and `path` are those of the first time. */
  readonly count?: number
  /** Where the case is milder than the check. */
  readonly severity?: Severity
  /** Which of several exchanges; the last one when absent. */
  readonly evidence?: Evidence
}

/** One rule: what it asks, why, how to mend it, how to judge it, and how to break it. */
export interface Check {
  /** Its folder and file. Never reused. */
  readonly id: string
  /** The rule, as a statement that holds for a good endpoint. */
  readonly title: string
  readonly severity: Severity
  /** The requirement set that brought it: year and month. */
  readonly since: string
  readonly requirement: {
    /** What is required; a short quotation where the source has one. */
    readonly text: string
    readonly source: string
    readonly url: string
  }
  /** What the caller or the developer notices. */
  readonly effect: string
  readonly fix: string
  /** Whose exchanges it judges: those of every probe that asks for a stream, or of these. */
  readonly probes: 'every-stream' | readonly ProbeId[]
  /** Without these there is nothing to judge. */
  readonly needs: readonly Need[]
  /** Checks that cannot but fail on the same exchange when this one does. */
  readonly echoes?: readonly string[]
  /** Judges one exchange. Pure. */
  readonly inspect?: (evidence: Evidence) => Iterable<Observation>
  /** Judges the exchanges of one probe together. Pure. */
  readonly compare?: (evidence: readonly Evidence[]) => Iterable<Observation>
  /** Faults that this check must notice, by name. */
  readonly mutants: Readonly<Record<string, Tamper>>
}

/** Declares a check; the compiler holds it to its type. */
export function defineCheck(check: Check): Check {
  return check
}
