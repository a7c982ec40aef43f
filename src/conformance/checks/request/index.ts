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
  ],
}
