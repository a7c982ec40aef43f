import { SEVERITIES, type Severity } from '../check/severity.ts'
import type { Judgement } from './judge.ts'

type Look = Extract<Judgement, { status: 'observed' }>

/**
 * Weighs the samples of each request: a model may choose otherwise each time.
 *
 * - All of them failed: that is a failure.
 * - Most failed: it is one level milder.
 * - At most half failed: that is none, but is noted.
 */
export function settleSamples(judgements: readonly Judgement[]): Judgement[] {
  const samples = Map.groupBy(judgements, keyOf)
  return judgements.map((judgement) => {
    if (!isFailure(judgement)) return judgement
    const looks = samples.get(keyOf(judgement))!.filter(isLook)
    if (looks.length === 1) return judgement
    const failed = looks.filter(isFailure)
    const rate = `${failed.length} of ${looks.length} samples`
    if (failed.length <= looks.length / 2) {
      return { ...judgement, observations: [], note: `failed in ${rate} of ${nameOf(judgement)}` }
    }
    // One of them speaks for all.
    if (judgement !== failed[0]) return { ...judgement, observations: [] }
    const milder = failed.length < looks.length
    return {
      ...judgement,
      observations: judgement.observations.map((observed) => ({
        ...observed,
        message: `${observed.message} (${rate})`,
        severity: milder ? milderThan(observed.severity) : observed.severity,
      })),
    }
  })
}

/** Samples of one request share a key. */
function keyOf({ on }: Judgement): unknown {
  const [evidence] = on
  const body = evidence?.exchange?.request.body
  if (on.length !== 1 || !body) return on
  return JSON.stringify([evidence.probe, body, evidence.expectation])
}

function nameOf({ on }: Judgement): string {
  return on[0]?.probe ?? 'the request'
}

function isLook(judgement: Judgement): judgement is Look {
  return judgement.status === 'observed'
}

function isFailure(judgement: Judgement): judgement is Look {
  return isLook(judgement) && judgement.observations.length > 0
}

function milderThan(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity
}
