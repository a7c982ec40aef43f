import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { defineProfile } from './define-profile.ts'
import { NOT_HEARD } from './not-heard.ts'

/** The OpenAI provider of the AI SDK, which asks in the Responses API unless it is told otherwise. */
export default defineProfile({
  id: 'ai-sdk',
  platform: 'the AI SDK',
  source: 'https://ai-sdk.dev/providers/ai-sdk-providers/openai',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
    ...NOT_HEARD,
  },
  severities: {},
  inDialect: {
    responses: {
      puts: withParts,
      includes: ['request/item-reference'],
      severities: { 'request/content-parts': 'error' },
    },
  },
})

/** Its messages of users and of the agent have parts, even where they have one text only. */
function withParts(request: JsonObject): JsonObject {
  const { messages } = request
  if (!Array.isArray(messages)) return request
  return {
    ...request,
    messages: messages.map((message) =>
      isJsonObject(message) &&
      (message['role'] === 'user' || message['role'] === 'assistant') &&
      typeof message['content'] === 'string'
        ? { ...message, content: [{ type: 'text', text: message['content'] }] }
        : message,
    ),
  }
}
