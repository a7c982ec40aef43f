import { isJsonObject } from '../json/json.ts'

/** What servers give as the reason where not the model stopped, but something broke. */
const FAILURE =
  /abort|cancel|error|exception|failed|failure|insufficient_system_resource|malformed|overload|quota|rate_?limit|terminated|time_?(?:out|limit)|unavailable|unexpected_tool_call/i

/**
 * Whether a `finish_reason` says that the reply was cut off by a failure, as those of OpenRouter,
 * DeepSeek, Gemini and vLLM do; SGLang's own is an object with a `type`.
 */
export function isFailureReason(reason: unknown): boolean {
  const named = isJsonObject(reason) ? reason['type'] : reason
  return typeof named === 'string' && FAILURE.test(named)
}
