import { type Payload, readPayload } from '../../chat/read-payload.ts'
import type { JsonObject } from '../../json/json.ts'

/**
 * What the `data` of an event says.
 *
 * - `event`: a JSON object with a `type`.
 * - `untyped`: a JSON object that does not say what it is; it may be an error, or of another API.
 * - All others are no JSON object.
 */
export type EventPayload =
  | { readonly kind: 'event'; readonly type: string; readonly json: JsonObject }
  | { readonly kind: 'untyped'; readonly json: JsonObject }
  | Exclude<Payload, { readonly kind: 'chunk' | 'error' }>

export function readEvent(data: string): EventPayload {
  const payload = readPayload(data)
  if (payload.kind !== 'chunk' && payload.kind !== 'error') return payload
  const { json } = payload
  const { type } = json
  return typeof type === 'string' && type !== ''
    ? { kind: 'event', type, json }
    : { kind: 'untyped', json }
}
