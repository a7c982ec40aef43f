import {
  chat,
  dialectAt,
  dialects,
  isJsonObject,
  type JsonObject,
  parseJson,
} from '../../protocol/index.ts'
import { type Fault, type HttpRequest, jsonReply, pathOf } from '../../wire/index.ts'
import type { Draft } from './draft.ts'

/** An endpoint that refuses some requests; told what they say in the words of chat completions. */
export function refuseWhen(
  isRefused: (request: JsonObject) => boolean,
  message: string,
  status = 400,
): Fault {
  return {
    wrap: (handler) => async (request, call) => {
      const asked = askedIn(request)
      return asked && isRefused(asked)
        ? jsonReply(status, { error: { message, type: 'invalid_request_error' } })
        : handler(request, call)
    },
  }
}

/**
 * An endpoint whose model sees another request than the one that was sent; both are in the words of chat
 * completions.
 */
export function rewriteRequest(edit: (request: Draft) => JsonObject): Fault {
  return {
    wrap: (handler) => async (request, call) => {
      const asked = askedIn(request)
      if (!asked || !Array.isArray(asked['messages'])) return handler(request, call)
      const body = JSON.stringify(dialectOf(request).makeRequest(edit(asked)))
      return handler({ ...request, body }, call)
    },
  }
}

/** What a request says in the words of chat completions. */
function askedIn(request: HttpRequest): JsonObject | undefined {
  const body = parseJson(request.body ?? '')
  return isJsonObject(body) ? dialectOf(request).inChatWords(body) : undefined
}

function dialectOf({ url }: HttpRequest) {
  return dialectAt(pathOf(url), dialects) ?? chat
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
