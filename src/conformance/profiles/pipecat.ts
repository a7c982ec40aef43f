import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { defineProfile } from './define-profile.ts'

/** A bot of Pipecat asks through OpenAI's client for Python; in the Responses API over HTTP if it is told to. */
export default defineProfile({
  id: 'pipecat',
  platform: 'Pipecat',
  source: 'https://docs.pipecat.ai/server/services/llm/openai',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  sends: () => ({ headers: HEADERS }),
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
  },
  severities: {},
  inDialect: {
    responses: {
      source: 'https://docs.pipecat.ai/server/services/llm/openai-responses',
      sends: () => ({ headers: HEADERS, members: { store: false } }),
      puts: (request) => withLooseTools(withDevelopers(request)),
      // It sends every message of the system so, but the first.
      severities: { 'request/developer-role': 'error' },
    },
  },
})

const HEADERS = [
  ['x-stainless-lang', 'python'],
  ['x-stainless-retry-count', '0'],
] as const

/** The first message of the system becomes the instructions, unless there is no other; all else is the developer's. */
function withDevelopers(request: JsonObject): JsonObject {
  const { messages } = request
  if (!Array.isArray(messages)) return request
  return {
    ...request,
    messages: messages.map((message, i) =>
      isJsonObject(message) && message['role'] === 'system' && (i > 0 || messages.length === 1)
        ? { ...message, role: 'developer' }
        : message,
    ),
  }
}

/** It says of each tool that it does not care whether it is strict. */
function withLooseTools(request: JsonObject): JsonObject {
  const { tools } = request
  if (!Array.isArray(tools)) return request
  return {
    ...request,
    tools: tools.map((tool) =>
      isJsonObject(tool) && isJsonObject(tool['function'])
        ? { ...tool, function: { ...tool['function'], strict: null } }
        : tool,
    ),
  }
}
