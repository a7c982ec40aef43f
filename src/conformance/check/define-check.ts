import type { JsonObject } from '../../protocol/index.ts'
import type { Exchange, Fault, HttpResponseHead, Place } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Expectation } from '../evidence/expectation.ts'
import type { Need } from './find-gap.ts'
import type { ProbeId } from '../probe-ids.ts'
import type { Gap } from './gap.ts'
import type { Limits } from './limits.ts'
import type { Severity } from './severity.ts'
import type { Sign } from './signs.ts'

/** What a check saw, in the words it is reported in. */
export interface Observation {
  /** What was seen and, unless it is obvious, what follows from it. */
  readonly message: string
  readonly expected: string
  readonly actual?: string
  /** What to do, where that of the check does not belong to what was seen. */
  readonly fix?: string
  /** The event or line; without it, the whole answer is meant. */
  readonly at?: Place & { readonly index?: number }
  /** JSON Pointer into the event's data. */
  readonly path?: string
  /** How often it was seen; `at` and `path` are those of the first time. */
  readonly count?: number
  /** Where the case is milder than the check. */
  readonly severity?: Severity
  /** What fails with it, where that is less than the echoes of the check. */
  readonly echoes?: readonly string[]
  /** Which of several exchanges, for `compare`; the last one when absent. */
  readonly evidence?: Evidence
  /** Other exchanges that show the same, where all of them together are one failure. */
  readonly alike?: readonly Evidence[]
}

/** Observations, one by one; or the reason why there is nothing to judge after all. */
export type Observations = Generator<Observation, Gap | undefined | void>

/**
 * What of a reply a model makes anew each time.
 *
 * - `choice`: what it says or does; another time it may choose well.
 * - `form`: how a call is written; each time that it goes wrong, a call is lost.
 */
export type DependsOnModel = 'choice' | 'form'

/** Faults by name. */
export type Mutants = Readonly<Record<string, Fault>>

/** What is said of a check. */
type Wording = Pick<Check, 'title' | 'requirement' | 'effect' | 'fix'>

/** One rule: what it requires, why, how to fix what it finds, how to judge it, and how to break it. */
export interface Check {
  /** Its folder and file. Never reused. */
  readonly id: string
  /** The rule, as a statement that is true of a good endpoint. */
  readonly title: string
  /** That of its worst case. */
  readonly severity: Severity
  /** The requirement set that introduced it: year and month. */
  readonly since: string
  /** The only one whose answers it can judge, by its id; every dialect, when absent. */
  readonly dialect?: string
  /** What asks for it, where not every run has it: `--replay`. */
  readonly optIn?: string
  readonly requirement: Requirement
  /** What the caller or the developer notices. */
  readonly effect: string
  readonly fix: string
  /** What is said otherwise of answers in one dialect, by its id. */
  readonly wordsIn?: Readonly<Record<string, Partial<Wording>>>
  /** Whose exchanges it judges: those of every probe, of every one that asks for a stream, or of these. */
  readonly probes: 'every' | 'every-stream' | readonly ProbeId[]
  /** Whose exchanges `compare` is about, where those of its other probes only stand beside them. */
  readonly about?: ProbeId
  /** Without these there is nothing to judge. */
  readonly needs: readonly Need[]
  /** Where an exchange shows none of these, `inspect` finds nothing, and need not look. */
  readonly signs?: readonly Sign[]
  /** How a failure may come from the model, and so vary: its request is asked several times then. */
  readonly dependsOnModel?: DependsOnModel
  /** Checks that necessarily fail on the same exchange when this one does. */
  readonly echoes?: readonly string[]
  /** Judges one exchange. Pure. */
  readonly inspect?: (evidence: Evidence, limits: Limits) => Observations
  /** Judges all exchanges of its probes together. Pure. */
  readonly compare?: (evidence: readonly Evidence[], limits: Limits) => Observations
  /**
   * Among which calls of one endpoint `compare` holds, as well as among those of probes: those that were
   * seen to their end, or those that the client left, too.
   */
  readonly holdsAmongCalls?: 'finished' | 'interrupted'
  /** Faults that this check must notice, by name. */
  readonly mutants: Mutants
  /** Those that belong to one dialect, by its id, of a check that judges several. */
  readonly mutantsIn?: Readonly<Record<string, Mutants>>
}

export interface Requirement {
  /** What is required; a short quotation where the source has one. */
  readonly text: string
  /** The authority: a specification, the platform's documentation, or a client's code. */
  readonly source: string
  readonly url: string
  /** A report of the failure in the field. */
  readonly seenIn?: string
}

/** Evidence that meets the needs of a check. */
type Given<N extends Need> = Evidence &
  ('exchange' extends N ? { readonly exchange: Exchange } : unknown) &
  ('response' extends N
    ? { readonly exchange: { readonly response: HttpResponseHead } }
    : unknown) &
  ('request' extends N
    ? { readonly request: JsonObject; readonly offered: ReadonlyMap<string, JsonObject> }
    : unknown) &
  ('expectation' extends N ? { readonly expectation: Expectation } : unknown)

interface CheckDefinition<N extends Need> extends Omit<Check, 'needs' | 'inspect' | 'compare'> {
  readonly needs: readonly N[]
  readonly inspect?: (evidence: Given<N>, limits: Limits) => Observations
  readonly compare?: (evidence: readonly Given<N>[], limits: Limits) => Observations
}

/** Declares a check. What it needs, its functions may rely on. */
export function defineCheck<const N extends Need>(check: CheckDefinition<N>): Check {
  // The judge calls them only on evidence that meets the needs.
  return check as unknown as Check
}
