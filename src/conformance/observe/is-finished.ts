import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../check/find-gap.ts'
import { isWhole } from '../evidence/is-whole.ts'

/** OpenAI's, Gemini's and DeepSeek's for replies that break off. */
const BREAKS_OFF = /length|max|filter|safety|recitation|error|abort|cancel|insufficient/i

/** Whether a whole reply says all that it was to say: its words can be held against what was asked. */
export function isFinished(evidence: Evidence): boolean {
  return (
    isWhole(evidence) &&
    findGap(['untruncated'], evidence) === undefined &&
    evidence.reading.choices.every(({ finishReason }) => !BREAKS_OFF.test(String(finishReason)))
  )
}
