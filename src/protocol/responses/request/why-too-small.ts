import type { ApiError } from '../../error-reply.ts'
import type { JsonObject } from '../../json/json.ts'
import type { StandIn } from '../../stand-in.ts'

/** What ElevenLabs sends to chat completions where there is no limit. */
const UNLIMITED = -1
const LEAST = 1
const LEAST_OF = { openai: 16 }

/**
 * Says, as OpenAI does, that an answer may not be as short as that.
 *
 * @see https://github.com/vectorize-io/hindsight/issues/58
 */
export function whyTooSmall(request: JsonObject, as?: StandIn): ApiError | undefined {
  const { max_output_tokens: tokens } = request
  const least = as ? LEAST_OF[as] : LEAST
  if (typeof tokens !== 'number' || tokens >= least || (tokens === UNLIMITED && !as)) {
    return undefined
  }
  return {
    status: 400,
    message: `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${least}, but got ${tokens} instead.`,
    param: 'max_output_tokens',
    code: 'integer_below_min_value',
  }
}
