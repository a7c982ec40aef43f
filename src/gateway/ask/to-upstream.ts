import {
  type ChatMessage,
  type ChatRequest,
  isJsonObject,
  type JsonObject,
  messageText,
} from '../../protocol/index.ts'

/** A request for an upstream, and what the platform sent along for the endpoint alone. */
export interface Stripped {
  readonly request: ChatRequest
  readonly extraBody: JsonObject
}

/** Members in which platforms put what is meant for the endpoint alone. */
const EXTRA_BODIES = ['elevenlabs_extra_body', 'custom_llm_extra_body'] as const

/** What the Responses API alone has, and no model behind it is to know. */
const OF_RESPONSES: ReadonlySet<string> = new Set([
  'background',
  'context_management',
  'conversation',
  'include',
  'max_tool_calls',
  'previous_response_id',
  'prompt',
  'truncation',
])

/**
 * Takes out of a request what only a voice platform means, and asks for a stream that tells its usage.
 * `null` stands for an absent member, `max_tokens: -1` for no limit, `user_id` for `user`.
 */
export function toUpstream(asked: ChatRequest): Stripped {
  const request: JsonObject = {}
  let extraBody: JsonObject = {}
  for (const [key, value] of Object.entries(asked as unknown as JsonObject)) {
    if (value === null) continue
    if ((EXTRA_BODIES as readonly string[]).includes(key)) {
      if (isJsonObject(value)) extraBody = { ...extraBody, ...value }
    } else if (OF_RESPONSES.has(key)) continue
    else if (key === 'user_id') request['user'] ??= value
    else if (!isNoLimit(key, value)) request[key] = value
  }
  const { stream_options, messages } = asked
  return {
    request: {
      ...(request as unknown as ChatRequest),
      messages: messages.map(withPlainText),
      stream: true,
      stream_options: { ...stream_options, include_usage: true },
    },
    extraBody,
  }
}

/** Text in parts, of which nothing else is said, is text: not every server joins it. */
function withPlainText(message: ChatMessage): ChatMessage {
  const { content } = message
  if (!Array.isArray(content) || content.length === 0) return message
  const isText = content.every((part) => part.type === 'text' && Object.keys(part).length === 2)
  return isText ? { ...message, content: messageText(message) } : message
}

function isNoLimit(key: string, value: unknown): boolean {
  if (key !== 'max_tokens' && key !== 'max_completion_tokens') return false
  return typeof value === 'number' && value <= 0
}
