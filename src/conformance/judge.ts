import type { Check, Observation } from './check.ts'
import { suppressEchoes } from './echoes.ts'
import type { Evidence } from './evidence.ts'
import { findGap, type Gap } from './needs.ts'
import { asksForStream, type ProbeId } from './probe.ts'

/** The exchanges of one probe, or of one file, in the order in which they were sent. */
export interface ProbeResult {
  /** `undefined` for an exchange of nobody's probe, such as a recorded call. */
  readonly probe: ProbeId | undefined
  readonly evidence: readonly Evidence[]
  /** Why the probe was not sent, or not to its end. */
  readonly notSent?: string
}

/** What a check says of one exchange. */
export type Judgement =
  | { readonly status: 'observed'; readonly evidence: Evidence; observations: Observation[] }
  | (Gap & { readonly evidence: Evidence | undefined })

/** An observation, and the exchange that shows it. */
export type Observed = Observation & { readonly evidence: Evidence }

/** What a check says of everything it judged. */
export interface CheckOutcome {
  readonly check: Check
  readonly status: 'pass' | 'fail' | 'skip' | 'inconclusive'
  /** Why it was skipped or could not tell. */
  readonly reason: string | null
  readonly observations: readonly Observed[]
}

/** Judges exchanges by checks. Pure: the same exchanges get the same outcomes, live or from a file. */
export function judge(checks: readonly Check[], results: readonly ProbeResult[]): CheckOutcome[] {
  const judgements = new Map(checks.map((check) => [check, judgeAll(check, results)]))
  suppressEchoes(judgements)
  return checks.map((check) => conclude(check, judgements.get(check)!))
}

function judgeAll(check: Check, results: readonly ProbeResult[]): Judgement[] {
  const judgements: Judgement[] = []
  for (const { probe, evidence, notSent } of results) {
    if (!concerns(check, probe)) continue
    for (const each of evidence) judgements.push(inspectOne(check, each))
    if (check.compare && evidence.length > 1) judgements.push(compareAll(check, evidence))
    if (notSent !== undefined) judgements.push(cannotTell(notSent))
  }
  return judgements
}

/** Whether a check judges what a probe brings back. */
export function concerns(check: Check, probe: ProbeId | undefined): boolean {
  const { probes } = check
  if (probe === undefined) return probes === 'every-stream' || probes.some(asksForStream)
  return probes === 'every-stream' ? asksForStream(probe) : probes.includes(probe)
}

function inspectOne(check: Check, evidence: Evidence): Judgement {
  const gap = findGap(check.needs, evidence)
  if (gap) return { ...gap, evidence }
  return observe(evidence, () => check.inspect?.(evidence) ?? [])
}

function compareAll(check: Check, evidence: readonly Evidence[]): Judgement {
  const gap = evidence.map((each) => findGap(check.needs, each)).find((each) => each !== undefined)
  if (gap) return { ...gap, evidence: undefined }
  return observe(evidence.at(-1)!, () => check.compare?.(evidence) ?? [])
}

function cannotTell(reason: string): Judgement {
  return { status: 'inconclusive', reason, evidence: undefined }
}

function observe(evidence: Evidence, look: () => Iterable<Observation>): Judgement {
  try {
    return { status: 'observed', evidence, observations: [...look()] }
  } catch (error) {
    // Whatever an endpoint sends, a check must bear it: this is our bug, never the endpoint's fault.
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { status: 'inconclusive', reason: `harness-error: ${cause}`, evidence }
  }
}

function conclude(check: Check, judgements: readonly Judgement[]): CheckOutcome {
  const observations: Observed[] = []
  const gaps: Gap[] = []
  for (const judgement of judgements) {
    if (judgement.status !== 'observed') gaps.push(judgement)
    else
      for (const each of judgement.observations)
        observations.push({ evidence: judgement.evidence, ...each })
  }
  if (observations.length > 0) return { check, status: 'fail', reason: null, observations }
  const harnessError = gaps.find(({ reason }) => reason.startsWith('harness-error'))
  if (gaps.length < judgements.length && !harnessError) {
    return { check, status: 'pass', reason: null, observations }
  }
  const { status, reason } = harnessError ??
    gaps.find((gap) => gap.status === 'inconclusive') ??
    gaps[0] ?? { status: 'skip', reason: 'no exchange concerns it' }
  return { check, status, reason, observations }
}
