import type { Check, Observation, Observations } from '../check/define-check.ts'
import { type Gap, unjudged } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../evidence/find-gap.ts'
import { asksForStream, type ProbeId } from '../probes/define-probe.ts'
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
export type Observed = Observation & { readonly evidence: Evidence }

/** What one look of a check at some exchanges brought. */
export type Judgement = { readonly on: readonly Evidence[] } & (
  | { readonly status: 'observed'; readonly observations: readonly Observed[] }
  | Gap
  /** The check threw: whatever an endpoint sends, that is our bug. */
  | { readonly status: 'broken'; readonly error: unknown }
)

/** Judges exchanges by checks. Pure: the same exchanges get the same judgements, live or from a file. */
export function judge(
  checks: readonly Check[],
  results: readonly ProbeResult[],
): ReadonlyMap<Check, readonly Judgement[]> {
  const judgements = new Map(checks.map((check) => [check, judgeAll(check, results)]))
  suppressEchoes(judgements)
  return judgements
}

function judgeAll(check: Check, results: readonly ProbeResult[]): Judgement[] {
  const { inspect, compare, needs } = check
  const judgements: Judgement[] = []
  const concerned: Evidence[] = []
  for (const { probe, evidence, notSent } of results) {
    if (!concerns(check, probe)) continue
    concerned.push(...evidence)
    if (notSent) judgements.push({ on: [], ...notSent })
    if (!inspect) continue
    for (const each of evidence) {
      const gap = findGap(needs, each)
      judgements.push(gap ? { on: [each], ...gap } : look([each], () => inspect(each)))
    }
  }
  if (compare && concerned.length > 0) {
    const fit = concerned.filter((each) => findGap(needs, each) === undefined)
    judgements.push(look(concerned, () => compare(fit)))
  }
  return judgements
}

/** Whether a check judges what a probe brings back. */
export function concerns({ probes }: Check, probe: ProbeId | undefined): boolean {
  if (probe === undefined) return probes === 'every-stream' || probes.some(asksForStream)
  return probes === 'every-stream' ? asksForStream(probe) : probes.includes(probe)
}

function look(on: readonly Evidence[], observe: () => Observations): Judgement {
  const observations: Observed[] = []
  try {
    const observing = observe()
    for (;;) {
      const { done, value } = observing.next()
      if (done) return value ? { on, ...value } : { on, status: 'observed', observations }
      const evidence = value.evidence ?? on.at(-1)
      if (!evidence) return { on, ...unjudged('there is no exchange to look at') }
      observations.push({ ...value, evidence })
    }
  } catch (error) {
    return { on, status: 'broken', error }
  }
}
