import type { ApiError } from '../../error-reply.ts'
import type { JsonObject } from '../../json/json.ts'

/** Members of chat completions that are somewhere else here. */
const MOVED: Readonly<Record<string, string>> = {
  messages: 'input',
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
  response_format: 'text.format',
  reasoning_effort: 'reasoning.effort',
}

/** Says, as OpenAI does, where a request is one of chat completions. */
export function whyMoved(request: JsonObject): ApiError | undefined {
  const param = Object.keys(MOVED).find((name) => (request[name] ?? null) !== null)
  return param === undefined
    ? undefined
    : {
        status: 400,
        message: `Unsupported parameter: '${param}'. In the Responses API, this parameter has moved to '${MOVED[param]}'.`,
        param,
        code: 'unsupported_parameter',
      }
}
