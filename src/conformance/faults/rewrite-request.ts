import { isJsonObject, type JsonObject, parseJson } from '../../protocol/index.ts'
import type { Fault } from '../../wire/index.ts'
import type { Draft } from './draft.ts'

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
