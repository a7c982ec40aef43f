import type { Check } from '../check/define-check.ts'
import { inconclusive } from '../check/gap.ts'
import { asksForStream } from '../probe-ids.ts'
import { isBesideTurns } from './is-beside-turns.ts'
import type { Judgement, ProbeResult } from './judgement.ts'

/** Fewer turns may fail alike by chance. */
const MIN_TURNS = 3

/**
 * Where every turn was answered with one status, and none with a reply, withdraws what other requests
 * show by the same status: the endpoint does not get as far as to tell them apart, and that is reported
 * of the turns.
 */
export function withdrawStatus(
  checks: readonly Check[],
  judgements: readonly Judgement[][],
  results: readonly ProbeResult[],
): void {
  const turns = results.flatMap(({ probe, evidence }) =>
    probe !== undefined && asksForStream(probe) ? evidence : [],
  )
  if (turns.length < MIN_TURNS) return
  const [status, ...others] = new Set(turns.map(({ exchange }) => exchange?.response?.status))
  if (others.length > 0) return
  if (status === undefined || status === 200) return
  for (const [at, each] of judgements.entries()) {
    if (!isBesideTurns(checks[at]!)) continue
    for (const [i, { on, ...judgement }] of each.entries()) {
      if (judgement.status !== 'observed' || judgement.observations.length === 0) continue
      const isSame = judgement.observations.every(
        ({ evidence }) => evidence.exchange?.response?.status === status,
      )
      if (isSame)
        each[i] = { on, ...inconclusive(`every turn was answered with status ${status}, too`) }
    }
  }
}
