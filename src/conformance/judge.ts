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

/** What a check says of everything it judged. */
export interface CheckOutcome {
  readonly check: Check
  readonly status: 'pass' | 'fail' | 'skip' | 'inconclusive'
  /** Why it was skipped or could not tell. */
  readonly reason: string | null
  readonly observations: readonly (Observation & { readonly evidence: Evidence })[]
}

/** Judges exchanges by checks. Pure: the same exchanges get the same outcomes, live or from a file. */
export function judge(checks: readonly Check[], results: readonly ProbeResult[]): CheckOutcome[] {
  const judgements = new Map(checks.map((check) => [check, judgeAll(check, results)]))
  suppressEchoes(judgements)
  return checks.map((check) => conclude(check, judgements.get(check)!))
}

function judgeAll(check: Check, results: readonly ProbeResult[]): Judgement[] {
  return results
    .filter(({ probe }) => concerns(check, probe))
    .flatMap(({ evidence, notSent }) => [
      ...evidence.map((each) => inspectOne(check, each)),
      ...compareAll(check, evidence),
      ...(notSent === undefined ? [] : [cannotTell(notSent)]),
    ])
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

function compareAll(check: Check, evidence: readonly Evidence[]): Judgement[] {
  const { compare } = check
  if (!compare || evidence.length < 2) return []
  const gap = evidence.map((each) => findGap(check.needs, each)).find((each) => each !== undefined)
  if (gap) return [{ ...gap, evidence: undefined }]
  return [observe(evidence.at(-1)!, () => compare(evidence))]
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
  const observed = judgements.filter((judgement) => judgement.status === 'observed')
  const observations = observed.flatMap(({ evidence, observations: seen }) =>
    seen.map((observation) => ({ evidence, ...observation })),
  )
  if (observations.length > 0) return { check, status: 'fail', reason: null, observations }
  const gap = judgements.filter((judgement) => judgement.status !== 'observed')
  const harnessError = gap.find(({ reason }) => reason.startsWith('harness-error'))
  if (observed.length > 0 && !harnessError) {
    return { check, status: 'pass', reason: null, observations: [] }
  }
  const { status, reason } = harnessError ??
    gap.find((each) => each.status === 'inconclusive') ??
    gap[0] ?? { status: 'skip', reason: 'no exchange concerns it' }
  return { check, status, reason, observations: [] }
}
