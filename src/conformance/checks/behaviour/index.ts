import type { Group } from '../group.ts'
import constantReply from './constant-reply.ts'
import toolsNeverCalled from './tools-never-called.ts'
import toolResultUsed from './tool-result-used.ts'
import toolTriggered from './tool-triggered.ts'
import toolChoiceNone from './tool-choice-none.ts'
import toolChoiceRequired from './tool-choice-required.ts'
import parallelTools from './parallel-tools.ts'
import maxTokens from './max-tokens.ts'
import stopSequence from './stop-sequence.ts'
import conversationMemory from './conversation-memory.ts'
import streamParity from './stream-parity.ts'
import nChoices from './n-choices.ts'
import responseObject from './response-object.ts'

export const behaviour: Group = {
  id: 'behaviour',
  checks: [
    constantReply,
    toolsNeverCalled,
    toolResultUsed,
    toolTriggered,
    toolChoiceNone,
    toolChoiceRequired,
    parallelTools,
    maxTokens,
    stopSequence,
    conversationMemory,
    streamParity,
    nChoices,
    responseObject,
  ],
}
