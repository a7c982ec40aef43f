import { isJsonObject, type Json, type JsonObject, parseJson } from '../../protocol/index.ts'
import { type Fault, type HttpRequest, jsonReply } from '../../wire/index.ts'
import type { Draft } from './draft.ts'

/** An endpoint of the Responses API that refuses some requests; told what was sent. */
export function refuseAsked(
  isRefused: (asked: JsonObject) => boolean,
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

/** An endpoint of the Responses API whose model sees another request than the one that was sent. */
export function rewriteAsked(edit: (asked: Draft) => JsonObject): Fault {
  return {
    wrap: (handler) => async (request, call) => {
      const asked = askedIn(request)
      return asked
        ? handler({ ...request, body: JSON.stringify(edit(asked)) }, call)
        : handler(request, call)
    },
  }
}

/** An endpoint of the Responses API whose model sees only some items. */
export function keepItems(isKept: (item: Json) => boolean): Fault {
  return rewriteAsked((asked) =>
    Array.isArray(asked.input) ? { ...asked, input: asked.input.filter(isKept) } : asked,
  )
}

function askedIn({ method, body }: HttpRequest): JsonObject | undefined {
  const asked = method === 'POST' ? parseJson(body ?? '') : undefined
  return isJsonObject(asked) ? asked : undefined
}
