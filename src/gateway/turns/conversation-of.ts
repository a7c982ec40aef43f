import { isJsonObject, type ChatRequest, type Json, type JsonObject } from '../../protocol/index.ts'
import { headerValue, type Header } from '../../wire/index.ts'

/** How platforms, and those who set them up, name a conversation in what is sent along. */
const NAMES = [
  'conversation_id',
  'conversationId',
  'system__conversation_id',
  'call_id',
  'callId',
  'call_sid',
  'session_id',
  'sessionId',
  'UUID',
  'uuid',
] as const

/** Longer ones name nothing. */
const LONGEST = 200

/**
 * Which conversation a request belongs to: by the header, by what the platform sends along for the
 * endpoint, by `user_id`; `undefined` where nothing tells.
 */
export function conversationOf(
  request: ChatRequest,
  extraBody: JsonObject,
  headers: readonly Header[],
  header: string,
): string | undefined {
  const { user_id } = request as unknown as JsonObject
  const inHeader = headerValue(headers, header)
  return [inHeader, ...namesIn(extraBody), user_id].map(idOf).find((id) => id !== undefined)
}

function namesIn(extraBody: JsonObject): (Json | undefined)[] {
  const inner = extraBody['dynamic_variables']
  return [extraBody, ...(isJsonObject(inner) ? [inner] : [])].flatMap((each) =>
    NAMES.map((name) => each[name]),
  )
}

function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  const id = value.trim()
  return id === '' || id.length > LONGEST ? undefined : id
}
