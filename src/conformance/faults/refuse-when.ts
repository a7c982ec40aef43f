import { isJsonObject, type JsonObject, parseJson } from '../../protocol/index.ts'
import { type Fault, jsonReply } from '../../wire/index.ts'

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
