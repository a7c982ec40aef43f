import type { Check, Observation, Observations } from '../check/define-check.ts'
import { type Gap, unjudged } from '../check/gap.ts'
import { DEFAULT_LIMITS, type Limits } from '../check/limits.ts'
import { milderOf, type Severity } from '../check/severity.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../evidence/find-gap.ts'
import { asksForStream, type ProbeId } from '../probes/define-probe.ts'
import { settleSamples } from './settle-samples.ts'
import { suppressEchoes } from './suppress-echoes.ts'

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

/** Judges exchanges by checks. Pure: the same exchanges get the same judgements, live or from a file. */
export function judge(
  checks: readonly Check[],
  results: readonly ProbeResult[],
  limits: Limits = DEFAULT_LIMITS,
): ReadonlyMap<Check, readonly Judgement[]> {
  const judgements = new Map(
    checks.map((check) => {
      const all = judgeAll(check, results, limits)
      return [check, check.dependsOnModel ? settleSamples(all) : all]
    }),
  )
  suppressEchoes(judgements)
  return judgements
}

function judgeAll(check: Check, results: readonly ProbeResult[], limits: Limits): Judgement[] {
  const { inspect, compare, needs } = check
  const judgements: Judgement[] = []
  const concerned: Evidence[] = []
  for (const { probe, evidence, notSent } of results) {
    if (!concerns(check, probe)) continue
    concerned.push(...evidence)
    if (notSent) judgements.push({ on: [], ...notSent })
    if (inspect) judgements.push(...evidence.map((each) => judgeOne(check, each, limits)))
  }
  if (compare && concerned.length > 0) {
    const fit = concerned.filter((each) => findGap(needs, each) === undefined)
    judgements.push(look(check, concerned, () => compare(fit, limits)))
  }
  return judgements
}

/** Judges one exchange by a check that looks at each alone. */
export function judgeOne(check: Check, evidence: Evidence, limits: Limits): Judgement {
  const gap = findGap(check.needs, evidence)
  return gap
    ? { on: [evidence], ...gap }
    : look(check, [evidence], () => check.inspect!(evidence, limits))
}

/** Whether a check judges what a probe brings back. */
export function concerns({ probes }: Check, probe: ProbeId | undefined): boolean {
  if (probes === 'every') return true
  if (probe === undefined) return probes === 'every-stream' || probes.some(asksForStream)
  return probes === 'every-stream' ? asksForStream(probe) : probes.includes(probe)
}

function look(check: Check, on: readonly Evidence[], observe: () => Observations): Judgement {
  const observations: Observed[] = []
  try {
    const observing = observe()
    for (;;) {
      const { done, value } = observing.next()
      if (done) return value ? { on, ...value } : { on, status: 'observed', observations }
      const evidence = value.evidence ?? on.at(-1)
      if (!evidence) return { on, ...unjudged('there is no exchange to look at') }
      // A profile, or an older requirement set, may make a check milder than its cases.
      const severity = milderOf(value.severity ?? check.severity, check.severity)
      observations.push({ ...value, severity, evidence })
    }
  } catch (error) {
    return { on, status: 'broken', error }
  }
}
