import type { JsonObject } from '../../json/json.ts'
import type { Kept } from '../../kept.ts'
import { messagesOf } from '../request/in-chat-words.ts'
import { wholeItems } from './planned-items.ts'
import { type PlannedResponse, wholeResponse } from './planned-response.ts'
import type { ResponseStyle } from './response-style.ts'
import { streamResponse } from './stream-response.ts'

/** A response that can be asked for again. */
export function keptResponse(planned: PlannedResponse, style: ResponseStyle): Kept {
  const { identity, items, answer, request, failure } = planned
  const output = () => (failure ? [] : wholeItems(items, answer))
  return {
    id: identity.responseId,
    itemIds: failure ? [] : items.map(({ id }) => id),
    whole: () => wholeResponse(planned),
    item: (itemId) => output().find(({ id }) => id === itemId),
    messages() {
      const messages = request.messages as unknown as readonly JsonObject[]
      const { instructions = null } = request as unknown as JsonObject
      return [...messages.slice(instructions === null ? 0 : 1), ...messagesOf(output())]
    },
    stream: () => streamResponse(planned, style),
  }
}
