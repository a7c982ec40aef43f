import type { Check, Observations } from '../check/define-check.ts'
import { type Gap, skip, unjudged } from '../check/gap.ts'
import { DEFAULT_LIMITS, type Limits } from '../check/limits.ts'
import { milderOf } from '../check/severity.ts'
import { isHonestRefusal } from '../checks/request/is-honest-refusal.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { findGap, type Need } from '../check/find-gap.ts'
import { showsAny, type Sign } from '../check/signs.ts'
import { BOUNDS, sizeOf } from '../../wire/index.ts'
import { Docket, type Entry, type Inspection, type Party } from './docket.ts'
import { isBesideTurns } from './is-beside-turns.ts'
import type { Judgement, Judgements, Observed, ProbeResult } from './judgement.ts'
import { settleRetries } from './settle-retries.ts'
import { settleSamples } from './settle-samples.ts'
import { suppressEchoes } from './suppress-echoes.ts'
import { toEnd } from './to-end.ts'
import { withdrawStatus } from './withdraw-status.ts'

/** Judges exchanges by checks. Pure: the same exchanges get the same judgements, live or from a file. */
export function judge(
  checks: readonly Check[],
  results: readonly ProbeResult[],
  limits: Limits = DEFAULT_LIMITS,
): Judgements {
  const judgements = toEnd(judgeInSteps(new Docket(checks, limits), results))
  return new Map(checks.map((check, i) => [check, judgements[i]!]))
}

/** Bytes of an answer that no check takes long to look at. */
const LONG = 65_536

/**
 * Judges as {@link judge} does, a short answer or a look at a long one at a time; gives the judgements of
 * each check, in the order of the docket. Where it is not told to go on, what is left stays unjudged.
 */
export function* judgeInSteps(
  docket: Docket,
  results: readonly ProbeResult[],
): Generator<undefined, Judgement[][], boolean> {
  const { checks, limits } = docket
  const judgements = checks.map((): Judgement[] | undefined => undefined)
  const note = (at: number, judgement: Judgement) => {
    const known = judgements[at]
    if (known) known.push(judgement)
    else judgements[at] = [judgement]
  }
  let goesOn = true
  // One answer after the other: each has to be taken apart once, and can then be forgotten.
  for (const { probe, evidence, notSent } of results) {
    const concerned = docket.concerned(probe)
    if (notSent) {
      const judgement = { on: [], ...notSent }
      for (const at of placesIn(concerned)) note(at, judgement)
    }
    for (const each of evidence) {
      const on = [each] as const
      const isLong = isLongAnswer(each)
      goesOn = yield
      const left = goesOn ? noteForegone(on, concerned, note) : inspectionsIn(concerned)
      for (const { check, at, inspect } of left) {
        note(at, goesOn ? look(check, on, () => inspect(each, limits)) : { on, ...INTERRUPTED })
        if (isLong) goesOn = yield
      }
    }
    if (evidence.length > 1) settle(concerned, evidence.length, judgements)
  }
  const runs = runsIn(results)
  for (const party of docket.parties) {
    if (party.comparing.length === 0) continue
    for (const gathering of gather(docket, party, runs)) {
      const { group, fit } = gathering
      const isLong = fit.length > 1 || fit.some(isLongAnswer)
      for (const entry of party.comparing) {
        if (isLong) goesOn = yield
        if (goesOn) note(entry.at, compareAll(docket, entry, gathering))
        else note(entry.at, { on: group, ...INTERRUPTED })
      }
    }
  }
  const all = judgements.map((each) => each ?? [])
  withdrawStatus(checks, all, results)
  suppressEchoes(checks, all)
  return all
}

function isLongAnswer({ bounded }: Evidence): boolean {
  return sizeOf(bounded.arrivals) > LONG
}

const INTERRUPTED = unjudged('interrupted before it was judged')

type Run = readonly ProbeResult[]

/** An exchange or several of a run, and those of them that a check can compare. */
interface Gathering {
  readonly group: readonly Evidence[]
  readonly fit: readonly Evidence[]
}

/** What belongs together: what our probes brought back. Of calls that others recorded, nothing is known to. */
function runsIn(results: readonly ProbeResult[]): readonly Run[] {
  return results.length === 1
    ? [results]
    : [...Map.groupBy(results, (each) => (each.probe === undefined ? each : 'run')).values()]
}

/** What a party can compare, of each run that concerns it. */
function gather(docket: Docket, party: Party, runs: readonly Run[]): Gathering[] {
  const { about, needs } = party
  const gatherings: Gathering[] = []
  for (const run of runs) {
    const group: Evidence[] = []
    for (const { probe, evidence } of run) {
      if (docket.concerned(probe).has(party)) group.push(...evidence)
    }
    if (!group.some(({ probe }) => !about || probe === about)) continue
    const fit = group.filter((each) => findGap(needs, each) === undefined)
    gatherings.push({ group, fit })
  }
  return gatherings
}

function compareAll(docket: Docket, { check, at }: Entry, { group, fit }: Gathering): Judgement {
  const compare = () => check.compare!(fit, docket.limits)
  if (fit.length > 0) return look(check, group, compare)
  return { ...(docket.ofNothing[at] ??= look(check, [], compare)), on: group }
}

/** Of one request that was sent several times, which are the latest judgements of each check, one speaks for all. */
function settle(
  concerned: ReadonlySet<Party>,
  samples: number,
  judgements: readonly (Judgement[] | undefined)[],
): void {
  for (const { check, at } of inspectionsIn(concerned)) {
    const known = judgements[at]!
    if (check.dependsOnModel) {
      known.push(...settleSamples(known.splice(-samples), check.dependsOnModel))
    } else if (isBesideTurns(check)) {
      known.push(...settleRetries(known.splice(-samples)))
    }
  }
}

function inspectionsIn(parties: ReadonlySet<Party>): Inspection[] {
  return [...parties].flatMap(({ inspecting }) => inspecting.flatMap((each) => each.inspections))
}

/** A check that both inspects and compares has one place. */
function placesIn(parties: ReadonlySet<Party>): ReadonlySet<number> {
  const entries = [...parties].flatMap(({ comparing }) => comparing)
  return new Set([...inspectionsIn(parties), ...entries].map(({ at }) => at))
}

/** Judges one exchange by a check that looks at each alone. */
export function judgeOne(check: Check, evidence: Evidence, limits: Limits): Judgement {
  const on = [evidence] as const
  const gap = gapOn(on, check.needs)
  if (gap) return gap
  if (isPlain(evidence, check.signs)) return { on, status: 'observed', observations: [] }
  return look(check, on, () => check.inspect!(evidence, limits))
}

/** Notes what is known without a look, for whole parties at once; gives the looks that are left to take. */
function noteForegone(
  on: readonly [Evidence],
  concerned: ReadonlySet<Party>,
  note: (at: number, judgement: Judgement) => void,
): Inspection[] {
  const plain = { on, status: 'observed', observations: [] } as const
  const left: Inspection[] = []
  for (const { needs, inspecting } of concerned) {
    if (inspecting.length === 0) continue
    const gap = gapOn(on, needs)
    for (const { signs, inspections } of inspecting) {
      const foregone = gap ?? (isPlain(on[0], signs) ? plain : undefined)
      if (foregone) for (const { at } of inspections) note(at, foregone)
      else left.push(...inspections)
    }
  }
  return left
}

/** Why an exchange cannot be judged by checks with these needs. */
function gapOn(on: readonly [Evidence], needs: readonly Need[]): Judgement | undefined {
  const [evidence] = on
  const gap = findGap(needs, evidence)
  return gap && { on, ...(isForRefusal(gap, evidence) ? HONESTLY_REFUSED : gap) }
}

/** Whether an exchange shows nothing that checks for these signs could find. */
function isPlain(evidence: Evidence, signs: readonly Sign[] | undefined): boolean {
  return signs !== undefined && !showsAny(signs, evidence)
}

const HONESTLY_REFUSED = skip('the endpoint says that it does not support this')

/** Whether a check cannot judge an answer since it is a refusal, and an honest one. */
function isForRefusal(gap: Gap, evidence: Evidence): boolean {
  return (
    findGap(['admitted', 'response'], evidence) === undefined &&
    findGap(['success'], evidence) === gap &&
    isHonestRefusal(evidence)
  )
}

/** A check that finds more has seen enough, and each further one costs time. */
const MOST_COUNTED = 1_000

function look(check: Check, on: readonly Evidence[], observe: () => Observations): Judgement {
  const observations: Observed[] = []
  try {
    const observing = observe()
    for (let seen = 0; ; seen++) {
      const { done, value } = observing.next()
      if (seen === MOST_COUNTED) return { on, status: 'observed', observations }
      if (done) return value ? { on, ...value } : { on, status: 'observed', observations }
      const evidence = value.evidence ?? on.at(-1)
      if (!evidence) return { on, ...unjudged('there is no exchange to look at') }
      // A profile, or an older requirement set, may make a check milder than its cases.
      const severity = milderOf(value.severity ?? check.severity, check.severity)
      const observed = { ...value, severity, evidence }
      const last = observations.length < BOUNDS.findings ? undefined : observations.pop()
      observations.push(last ? together(last, observed) : observed)
    }
  } catch (error) {
    return { on, status: 'broken', error }
  }
}

/** Two observations as one: the graver, counted for both. */
function together(a: Observed, b: Observed): Observed {
  const graver = milderOf(a.severity, b.severity) === a.severity ? b : a
  return { ...graver, count: (a.count ?? 1) + (b.count ?? 1) }
}
