import type { Group } from '../group.ts'
import elevenlabsFields from './elevenlabs-fields.ts'
import plainFields from './plain-fields.ts'
import platformFields from './platform-fields.ts'
import streamOptions from './stream-options.ts'
import maxTokensUnlimited from './max-tokens-unlimited.ts'
import systemTools from './system-tools.ts'
import assistantFirst from './assistant-first.ts'
import consecutiveUsers from './consecutive-users.ts'
import greetingTurn from './greeting-turn.ts'
import assistantLast from './assistant-last.ts'
import contentNull from './content-null.ts'
import contentParts from './content-parts.ts'
import toolRole from './tool-role.ts'
import developerRole from './developer-role.ts'
import largeBody from './large-body.ts'
import unicode from './unicode.ts'
import inputString from './input-string.ts'
import itemTypeOptional from './item-type-optional.ts'
import instructions from './instructions.ts'
import systemItem from './system-item.ts'
import functionCallOutput from './function-call-output.ts'
import assistantText from './assistant-text.ts'
import reasoningItem from './reasoning-item.ts'
import foreignItemIds from './foreign-item-ids.ts'
import itemReference from './item-reference.ts'
import storeFalse from './store-false.ts'
import storeDefault from './store-default.ts'
import strictNull from './strict-null.ts'
import toolChoiceFlat from './tool-choice-flat.ts'
import reasoningEffort from './reasoning-effort.ts'
import chatParameters from './chat-parameters.ts'

export const request: Group = {
  id: 'request',
  checks: [
    elevenlabsFields,
    plainFields,
    platformFields,
    streamOptions,
    maxTokensUnlimited,
    systemTools,
    assistantFirst,
    consecutiveUsers,
    greetingTurn,
    assistantLast,
    contentNull,
    contentParts,
    toolRole,
    developerRole,
    largeBody,
    unicode,
    inputString,
    itemTypeOptional,
    instructions,
    systemItem,
    functionCallOutput,
    assistantText,
    reasoningItem,
    foreignItemIds,
    itemReference,
    storeFalse,
    storeDefault,
    strictNull,
    toolChoiceFlat,
    reasoningEffort,
    chatParameters,
  ],
}
