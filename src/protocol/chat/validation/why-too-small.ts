import type { ChatRequest } from '../../chat-request.ts'
import { emptyArray } from '../../validation/empty-array.ts'
import type { ApiError } from '../../error-reply.ts'
import { firstOf } from '../../validation/first-of.ts'
import type { StandIn } from '../../stand-in.ts'

/** What ElevenLabs sends where there is no limit. */
const UNLIMITED = -1

/** Says, as OpenAI does, what a valid request has too little of. */
export function whyTooSmall(request: ChatRequest, as?: StandIn): ApiError | undefined {
  return (
    tooFew('max_tokens', request.max_tokens, as) ??
    tooFew('max_completion_tokens', request.max_completion_tokens, as) ??
    (as && tooFewItems('tools', request.tools)) ??
    (as && tooFewItems('functions', request.functions)) ??
    firstOf(request.messages, ({ tool_calls: calls }, i) =>
      tooFewItems(`messages[${i}].tool_calls`, calls),
    )
  )
}

function tooFew(
  param: string,
  tokens: number | null | undefined,
  as: StandIn | undefined,
): ApiError | undefined {
  if ((tokens ?? 1) >= 1 || (tokens === UNLIMITED && !as)) return undefined
  return {
    status: 400,
    message: `Invalid '${param}': integer below minimum value. Expected a value >= 1, but got ${tokens} instead.`,
    param,
    code: 'integer_below_min_value',
  }
}

function tooFewItems(
  param: string,
  items: readonly unknown[] | null | undefined,
): ApiError | undefined {
  return items?.length === 0 ? emptyArray(param) : undefined
}
