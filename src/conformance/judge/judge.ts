import type { Check, Observations } from '../check/define-check.ts'
import { type Gap, skip, unjudged } from '../check/gap.ts'
import { DEFAULT_LIMITS, type Limits } from '../check/limits.ts'
import { milderOf } from '../check/severity.ts'
import { isHonestRefusal } from '../checks/request/is-honest-refusal.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../check/find-gap.ts'
import { asksForStream, type ProbeId } from '../probe-ids.ts'
import { BOUNDS, sizeOf } from '../../wire/index.ts'
import type { Judgement, Judgements, Observed, ProbeResult } from './judgement.ts'
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
  return toEnd(judgeInSteps(checks, results, limits))
}

/** Bytes of an answer that no check takes long to look at. */
const LONG = 65_536

/** Judges as {@link judge} does, a short answer or a look at a long one at a time. Where it is not told to go on, what is left stays unjudged. */
export function* judgeInSteps(
  checks: readonly Check[],
  results: readonly ProbeResult[],
  limits: Limits,
): Generator<undefined, Judgements, boolean> {
  const judgements = new Map(checks.map((check): [Check, Judgement[]] => [check, []]))
  const note = (check: Check, judgement: Judgement) => judgements.get(check)!.push(judgement)
  // One answer after the other: each has to be taken apart once, and can then be forgotten.
  for (const { probe, evidence, notSent } of results) {
    const concerned = checks.filter((check) => concerns(check, probe))
    const looks = new Map(concerned.map((check): [Check, Judgement[]] => [check, []]))
    if (notSent) for (const check of concerned) note(check, { on: [], ...notSent })
    for (const each of evidence) {
      const isLong = sizeOf(each.bounded.arrivals) > LONG
      let goesOn = yield
      for (const check of concerned) {
        if (!check.inspect) continue
        const judgement = goesOn ? judgeOne(check, each, limits) : { on: [each], ...INTERRUPTED }
        looks.get(check)!.push(judgement)
        if (isLong) goesOn = yield
      }
    }
    for (const [check, each] of looks) {
      const { dependsOnModel } = check
      const settled = dependsOnModel ? settleSamples(each, dependsOnModel) : each
      for (const judgement of settled) note(check, judgement)
    }
  }
  for (const check of checks) {
    if (!check.compare) continue
    for (const group of belongTogether(check, results)) {
      const goesOn = yield
      note(check, goesOn ? compareAll(check, group, limits) : { on: group, ...INTERRUPTED })
    }
  }
  withdrawStatus(judgements, results)
  suppressEchoes(judgements)
  return judgements
}

const INTERRUPTED = unjudged('interrupted before it was judged')

/** What a check compares: what our probes brought back. Of calls that others recorded, nothing is known to belong together. */
function belongTogether(check: Check, results: readonly ProbeResult[]): Evidence[][] {
  const concerned = results.filter(({ probe }) => concerns(check, probe))
  return [...Map.groupBy(concerned, (each) => (each.probe === undefined ? each : 'run')).values()]
    .map((group) => group.flatMap(({ evidence }) => evidence))
    .filter((group) => group.some(({ probe }) => !check.about || probe === check.about))
}

function compareAll(check: Check, concerned: readonly Evidence[], limits: Limits): Judgement {
  const fit = concerned.filter((each) => findGap(check.needs, each) === undefined)
  return look(check, concerned, () => check.compare!(fit, limits))
}

/** Judges one exchange by a check that looks at each alone. */
export function judgeOne(check: Check, evidence: Evidence, limits: Limits): Judgement {
  const gap = findGap(check.needs, evidence)
  if (!gap) return look(check, [evidence], () => check.inspect!(evidence, limits))
  return { on: [evidence], ...(isForRefusal(gap, evidence) ? HONESTLY_REFUSED : gap) }
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

/** Whether a check judges what a probe brings back. */
export function concerns({ probes }: Check, probe: ProbeId | undefined): boolean {
  if (probes === 'every') return true
  if (probe === undefined) return probes === 'every-stream' || probes.some(asksForStream)
  return probes === 'every-stream' ? asksForStream(probe) : probes.includes(probe)
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
