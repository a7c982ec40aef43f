import { SoundcheckError } from '../../endpoint/index.ts'
import type { Check } from '../check/define-check.ts'
import type { Judgement, Judgements, Observed } from '../judge/judgement.ts'
import { isProbeId } from '../probe-ids.ts'
import type { KnownFailure } from './baseline-schema.ts'

/**
 * What became of a known failure.
 *
 * - `applies`: it is still there.
 * - `expired`: it is still there, and should not be.
 * - `stale`: it is gone.
 * - `unjudged`: this run did not look, or a model may have chosen better by chance.
 */
type KnownState = 'applies' | 'expired' | 'stale' | 'unjudged'

export type MatchedFailure = KnownFailure & { readonly state: KnownState }

/** Compares what is known with what a run has judged; `today` is a date in UTC. */
export function matchBaseline(
  failures: readonly KnownFailure[],
  judgements: Judgements,
  today: string,
): MatchedFailure[] {
  const byId = new Map([...judgements].map(([check, each]) => [check.id, { check, each }]))
  return failures.map((failure) => {
    const judged = byId.get(failure.id)
    const state = judged ? stateOf(failure, judged.check, judged.each, today) : 'unjudged'
    return { ...failure, state }
  })
}

function stateOf(
  { probe, until = null }: KnownFailure,
  { dependsOnModel }: Check,
  judgements: readonly Judgement[],
  today: string,
): KnownState {
  const concerned = judgements.filter(({ on }) => on.some((each) => each.probe === probe))
  if (concerned.some((judgement) => observationsOn(probe, judgement).length > 0)) {
    return until !== null && until < today ? 'expired' : 'applies'
  }
  const looked = concerned.some(({ status }) => status === 'observed')
  const doubtful = concerned.some(({ status }) => status !== 'observed' && status !== 'skip')
  return looked && !doubtful && !dependsOnModel ? 'stale' : 'unjudged'
}

export function observationsOn(probe: string, judgement: Judgement): readonly Observed[] {
  if (judgement.status !== 'observed') return []
  return judgement.observations.filter(({ evidence }) => evidence.probe === probe)
}

/** What is wrong with a baseline; an endpoint that got better is no reason to keep it. */
export function problemsOf(matched: readonly MatchedFailure[]): string[] {
  return matched.flatMap(({ id, probe, reason, until, state }) => {
    switch (state) {
      case 'stale':
        return `the baseline is stale: ${id} on ${probe} no longer fails; remove its entry, or run with --update-baseline`
      case 'expired':
        return `the baseline has expired: ${id} on ${probe} was accepted until ${until} ("${reason}"); fix it, or set a later date`
      default:
        return []
    }
  })
}

/**
 * Makes sure that a baseline names checks and probes that exist.
 *
 * @throws SoundcheckError for the first that does not.
 */
export function assertKnown(failures: readonly KnownFailure[], checks: readonly Check[]): void {
  for (const { id, probe } of failures) {
    const unknown = checks.some((check) => check.id === id)
      ? isProbeId(probe)
        ? undefined
        : `probe "${probe}"`
      : `check "${id}"`
    if (unknown === undefined) continue
    throw new SoundcheckError(
      'INVALID_INPUT',
      `the baseline names a ${unknown}, which does not exist`,
    )
  }
}
