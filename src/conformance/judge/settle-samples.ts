import type { DependsOnModel } from '../check/define-check.ts'
import { SEVERITIES, type Severity } from '../check/severity.ts'
import type { Judgement } from './judgement.ts'

type Look = Extract<Judgement, { status: 'observed' }>

/** What becomes of a failure that some, most or all samples of a request show. */
const OUTCOMES = {
  choice: { some: 'noted', most: 'milder', all: 'kept' },
  form: { some: 'milder', most: 'kept', all: 'kept' },
} as const satisfies Record<DependsOnModel, Record<string, 'noted' | 'milder' | 'kept'>>

/**
 * Weighs the samples of each request by how many of them failed: one speaks for all that did, as severe
 * as it is, one level milder, or in a note only.
 */
export function settleSamples(
  judgements: readonly Judgement[],
  dependsOn: DependsOnModel,
): Judgement[] {
  const samples = Map.groupBy(judgements, keyOf)
  return judgements.map((judgement) => {
    if (!isFailure(judgement)) return judgement
    const looks = samples.get(keyOf(judgement))!.filter(isLook)
    if (looks.length === 1) return judgement
    const failed = looks.filter(isFailure)
    const rate = `${failed.length} of ${looks.length} samples`
    const outcome = OUTCOMES[dependsOn][shareOf(failed.length, looks.length)]
    if (outcome === 'noted') {
      return { ...judgement, observations: [], note: `failed in ${rate} of ${nameOf(judgement)}` }
    }
    if (judgement !== failed[0]) return { ...judgement, observations: [] }
    return {
      ...judgement,
      observations: judgement.observations.map((observed) => ({
        ...observed,
        message: `${observed.message} (${rate})`,
        severity: outcome === 'milder' ? milderThan(observed.severity) : observed.severity,
      })),
    }
  })
}

function shareOf(failed: number, all: number): 'some' | 'most' | 'all' {
  if (failed === all) return 'all'
  return failed > all / 2 ? 'most' : 'some'
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
