import type { JsonObject } from '../../../protocol/index.ts'
import { assistantFirst } from './assistant-first.ts'
import { assistantLast } from './assistant-last.ts'
import { consecutiveUsers } from './consecutive-users.ts'
import { contentNull } from './content-null.ts'
import { contentParts } from './content-parts.ts'
import { developerRole } from './developer-role.ts'
import { extraBody, userId } from './elevenlabs-fields.ts'
import { noUser } from './greeting-turn.ts'
import { large } from './large-body.ts'
import { unlimitedTokens } from './max-tokens-unlimited.ts'
import { systemMessage, temperature, tokenLimit } from './plain-fields.ts'
import { call, customer, metadata, phoneNumber } from './platform-fields.ts'
import { member, type RequestFeature, without } from './request-feature.ts'
import { schemaFeatures } from './schema-features.ts'
import { streamOptions } from './stream-options.ts'
import { toolFeatures, tools } from './tool-features.ts'
import { toolMessages } from './tool-role.ts'
import { notAscii } from './unicode.ts'

/** All that some endpoint refuses, in the order in which it is suspected. */
export const REQUEST_FEATURES = {
  'extra-body': extraBody,
  'user-id': userId,
  call,
  'phone-number': phoneNumber,
  customer,
  metadata,
  'stream-options': streamOptions,
  'unlimited-tokens': unlimitedTokens,
  'developer-role': developerRole,
  'content-parts': contentParts,
  'several-choices': {
    name: '`n`',
    needed: false,
    isIn: ({ n }) => typeof n === 'number' && n > 1,
    removeFrom: without('n'),
  },
  stop: { ...member('stop'), needed: false },
  'previous-response': { ...member('previous_response_id'), needed: false },
  'tool-choice': {
    name: '`tool_choice`',
    needed: false,
    isIn: ({ tool_choice: choice }) => (choice ?? 'auto') !== 'auto',
    removeFrom: without('tool_choice'),
  },
  ...schemaFeatures,
  ...toolFeatures,
  tools,
  'token-limit': tokenLimit,
  temperature,
  'consecutive-users': consecutiveUsers,
  'assistant-first': assistantFirst,
  'content-null': contentNull,
  'tool-messages': toolMessages,
  'no-user': noUser,
  'system-message': systemMessage,
  'assistant-last': assistantLast,
  large,
  'not-ascii': notAscii,
} as const satisfies Record<string, RequestFeature>

export type FeatureId = keyof typeof REQUEST_FEATURES

/** The features of a request, the most suspected first. */
export function featuresIn(request: JsonObject): FeatureId[] {
  return (Object.keys(REQUEST_FEATURES) as FeatureId[]).filter((id) =>
    REQUEST_FEATURES[id].isIn(request),
  )
}
