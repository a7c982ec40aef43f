import type { Severity } from '../check/severity.ts'
import type { KnownFailure } from './baseline-schema.ts'
import type { Judgements } from '../judge/judgement.ts'
import { type MatchedFailure, observationsOn } from './match-baseline.ts'

/**
 * The baseline that fits what a run has judged: without what is stale, and with what is new. Reasons
 * and dates of what is still there stay: an update does not put off what was due.
 */
export function updateBaseline(
  matched: readonly MatchedFailure[],
  judgements: Judgements,
  fails: (severity: Severity) => boolean,
  today: string,
): KnownFailure[] {
  const kept = matched
    .filter(({ state }) => state !== 'stale')
    .map(({ state: _, ...failure }): KnownFailure => failure)
  const known = new Set(kept.map(keyOf))
  const found = [...judgements].flatMap(([{ id }, each]) =>
    each.flatMap((judgement) =>
      judgement.on
        .flatMap(({ probe }) => observationsOn(probe, judgement))
        .filter(({ severity }) => severity !== undefined && fails(severity))
        .map(({ evidence }) => ({ id, probe: evidence.probe })),
    ),
  )
  const added = new Map(
    found.filter((failure) => !known.has(keyOf(failure))).map((each) => [keyOf(each), each]),
  )
  const reason = `not fixed on ${today}`
  return [...kept, ...[...added.values()].map((each) => ({ ...each, reason, until: null }))]
}

function keyOf({ id, probe }: Pick<KnownFailure, 'id' | 'probe'>): string {
  return `${id} ${probe}`
}
