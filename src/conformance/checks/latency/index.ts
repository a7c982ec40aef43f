import type { Group } from '../group.ts'
import firstContent from './first-content.ts'
import keepaliveOnly from './keepalive-only.ts'
import firstSentence from './first-sentence.ts'
import maxGap from './max-gap.ts'
import speechUnderrun from './speech-underrun.ts'
import total from './total.ts'
import buffered from './buffered.ts'
import toolsBuffered from './tools-buffered.ts'
import toolCallReady from './tool-call-ready.ts'
import coldStart from './cold-start.ts'

export const latency: Group = {
  id: 'latency',
  checks: [
    firstContent,
    keepaliveOnly,
    firstSentence,
    maxGap,
    speechUnderrun,
    total,
    buffered,
    toolsBuffered,
    toolCallReady,
    coldStart,
  ],
}
