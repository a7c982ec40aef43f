import type { Evidence } from './evidence.ts'
import { findGap } from './find-gap.ts'

/** Whether a reply came that says nothing and calls nothing, although no limit cut it. */
export function isSilent(evidence: Evidence): boolean {
  const { spoken, calls } = evidence
  return (
    findGap(['untruncated'], evidence) === undefined && spoken.length === 0 && calls.length === 0
  )
}
