import { isJsonObject, type JsonObject, parseJson } from '../../protocol/index.ts'
import { type Fault, jsonReply } from '../../wire/index.ts'
import type { Draft } from './draft.ts'

/** An endpoint that refuses some requests. */
export function refuseWhen(
  isRefused: (request: JsonObject) => boolean,
  message: string,
  status = 400,
): Fault {
  return {
    wrap: (handler) => async (request, call) => {
      const body = parseJson(request.body ?? '')
      return isJsonObject(body) && isRefused(body)
        ? jsonReply(status, { error: { message, type: 'invalid_request_error' } })
        : handler(request, call)
    },
  }
}

/** An endpoint whose model sees another chat request than the one that was sent. */
export function rewriteRequest(edit: (request: Draft) => JsonObject): Fault {
  return {
    wrap: (handler) => async (request, call) => {
      const body = parseJson(request.body ?? '')
      return isJsonObject(body) && Array.isArray(body['messages'])
        ? handler({ ...request, body: JSON.stringify(edit(body)) }, call)
        : handler(request, call)
    },
  }
}

/** An endpoint whose model always decides by itself whether to call a tool. */
export const ignoreToolChoice = rewriteRequest(({ tool_choice: _, ...request }) => request)

/** An endpoint whose model takes turns only: the user first, then one after the other. */
export const strictAlternation = refuseWhen(({ messages }) => {
  const turns = (Array.isArray(messages) ? messages.filter(isJsonObject) : [])
    .map(({ role }) => role)
    .filter((role) => role === 'user' || role === 'assistant')
  return turns.some((role, i) => role === (i === 0 ? 'assistant' : turns[i - 1]))
}, 'Conversation roles must alternate user/assistant/user/assistant/...')
