import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../check/find-gap.ts'

/** So often one that is empty in company is asked for twice at once: chance does not make it empty each time. */
export const MOST_PAIRS = 4

/** Whether a reply came that says nothing and calls nothing, although no limit cut it. */
export function isSilent(evidence: Evidence): boolean {
  const { spoken, calls } = evidence
  return (
    findGap(['untruncated'], evidence) === undefined && spoken.length === 0 && calls.length === 0
  )
}
