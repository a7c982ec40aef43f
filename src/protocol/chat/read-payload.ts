import { isJsonObject, type Json, type JsonObject, parseJsonOrThrow } from '../json/json.ts'
import { DONE } from './chat-chunk.ts'

/**
 * What the `data` of an event says.
 *
 * - `chunk`: a JSON object that is, or tries to be, a completion chunk; it may hold an error as well.
 * - `error`: a JSON object with an `error` and no choices.
 * - `empty`, `comment`, `almost-done`: no JSON, but what was meant is plain.
 * - `not-an-object`: JSON, but no object.
 */
export type Payload =
  | { readonly kind: 'done' }
  | { readonly kind: 'chunk'; readonly json: JsonObject }
  | { readonly kind: 'error'; readonly json: JsonObject }
  | { readonly kind: 'empty' | 'comment' | 'almost-done' }
  | { readonly kind: 'not-an-object'; readonly json: Json }
  | { readonly kind: 'not-json'; readonly reason: string }

const ALMOST_DONE = /^\s*"?\[?done\]?"?\s*$/i

export function readPayload(data: string): Payload {
  if (data.startsWith('{')) return readJson(data)
  if (data === DONE) return { kind: 'done' }
  if (data.trim() === '') return { kind: 'empty' }
  if (data.startsWith(':')) return { kind: 'comment' }
  if (ALMOST_DONE.test(data)) return { kind: 'almost-done' }
  return readJson(data)
}

function readJson(data: string): Payload {
  let json: Json
  try {
    json = parseJsonOrThrow(data)
  } catch (error) {
    return { kind: 'not-json', reason: (error as SyntaxError).message }
  }
  if (!isJsonObject(json)) return { kind: 'not-an-object', json }
  const isError = (json['error'] ?? null) !== null && !Array.isArray(json['choices'])
  return { kind: isError ? 'error' : 'chunk', json }
}
