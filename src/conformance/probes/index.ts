import type { Probe } from './define-probe.ts'
import farewell from './farewell.ts'
import preflight from './preflight.ts'
import requiredTool from './required-tool.ts'
import streamedStory from './streamed-story.ts'
import streamedTurn from './streamed-turn.ts'
import streamedUnicode from './streamed-unicode.ts'
import toolResult from './tool-result.ts'
import twoTools from './two-tools.ts'

/** All probes; the first one goes out alone, and decides whether the others follow. */
export const probes: readonly Probe[] = [
  streamedTurn,
  streamedStory,
  streamedUnicode,
  farewell,
  twoTools,
  requiredTool,
  toolResult,
  preflight,
]
