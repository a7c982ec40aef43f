import {
  type ChatRequest,
  isJsonObject,
  type JsonObject,
  messagesOf,
} from '../../protocol/index.ts'
import type { RememberedResponse } from './response-store.ts'

/** What is kept of a response and of the request that it was given to. */
export function remembered(request: ChatRequest, response: JsonObject): RememberedResponse {
  const { instructions = null } = request as unknown as JsonObject
  const { output } = response
  const items = Array.isArray(output) ? output.filter(isJsonObject) : []
  const asked = request.messages as unknown as readonly JsonObject[]
  return {
    id: response['id'] as string,
    messages: [...asked.slice(instructions === null ? 0 : 1), ...messagesOf(items)],
    items,
  }
}
