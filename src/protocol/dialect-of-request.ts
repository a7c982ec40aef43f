import { chat } from './chat/chat.ts'
import type { Dialect } from './dialect.ts'
import type { JsonObject } from './json/json.ts'
import { responses } from './responses/responses.ts'

/** In which dialect a request is put of which nothing but the body is known. */
export function dialectOfRequest(body: JsonObject): Dialect {
  return !('messages' in body) && ('input' in body || 'previous_response_id' in body)
    ? responses
    : chat
}
