import { headerValue, type Header } from '../wire/index.ts'
import type { ChatRequest } from './chat-request.ts'
import { isJsonObject, type Json, type JsonObject } from './json/json.ts'

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
 * Which conversation a request belongs to: by its headers of these names, by what the platform sends
 * along for the endpoint, by `user_id`; `undefined` where nothing tells.
 */
export function conversationOf(
  request: ChatRequest,
  extraBody: JsonObject,
  headers: readonly Header[],
  names: readonly string[],
): string | undefined {
  const { user_id } = request as unknown as JsonObject
  const inHeaders = names.map((name) => headerValue(headers, name))
  return [...inHeaders, ...namesIn(extraBody), user_id].map(idOf).find((id) => id !== undefined)
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
