import assistantLast from './assistant-last.ts'
import bargeIn from './barge-in.ts'
import type { Probe } from './define-probe.ts'
import farewell from './farewell.ts'
import greeting from './greeting.ts'
import invalidJson from './invalid-json.ts'
import largePrompt from './large-prompt.ts'
import longHistory from './long-history.ts'
import missingMessages from './missing-messages.ts'
import models from './models.ts'
import nonStream from './non-stream.ts'
import oversize from './oversize.ts'
import plainSpeech from './plain-speech.ts'
import preflight from './preflight.ts'
import requiredTool from './required-tool.ts'
import silentCaller from './silent-caller.ts'
import streamedStory from './streamed-story.ts'
import streamedTurn from './streamed-turn.ts'
import streamedUnicode from './streamed-unicode.ts'
import superset from './superset.ts'
import toolChoiceNone from './tool-choice-none.ts'
import toolResult from './tool-result.ts'
import twoCallers from './two-callers.ts'
import twoChoices from './two-choices.ts'
import twoTools from './two-tools.ts'
import unknownModel from './unknown-model.ts'
import wrongKey from './wrong-key.ts'
import wrongMethod from './wrong-method.ts'

/** All probes; the first one decides whether the others follow. */
export const probes: readonly Probe[] = [
  streamedTurn,
  streamedStory,
  toolResult,
  farewell,
  twoCallers,
  bargeIn,
  longHistory,
  silentCaller,
  streamedUnicode,
  plainSpeech,
  toolChoiceNone,
  twoTools,
  requiredTool,
  superset,
  greeting,
  assistantLast,
  twoChoices,
  nonStream,
  invalidJson,
  missingMessages,
  unknownModel,
  wrongMethod,
  wrongKey,
  largePrompt,
  oversize,
  models,
  preflight,
]
