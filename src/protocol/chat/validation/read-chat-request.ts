import type { ChatRequest } from '../../chat-request.ts'
import type { ApiError } from '../../error-reply.ts'
import { violationsBy } from '../../json/violation.ts'
import type { StandIn } from '../../stand-in.ts'
import { parseRequest } from '../../validation/parse-request.ts'
import { whyInvalid } from '../../validation/why-invalid.ts'
import { whyTooLarge } from '../../validation/why-too-large.ts'
import { whyUncallable } from '../../validation/why-uncallable.ts'
import { validate } from './precompiled-request.ts'
import { whyForeign } from './why-foreign.ts'
import { whyOutOfTurn } from './why-out-of-turn.ts'
import { whyTooSmall } from './why-too-small.ts'

// Compiles it: the first caller should not wait longer than the others.
validate(null)

/**
 * Reads the body of a chat completion request, or says what is wrong with it: what OpenAI refuses,
 * unless platforms send it.
 */
export function readChatRequest(
  body: string,
  as?: StandIn,
): { readonly request: ChatRequest } | { readonly error: ApiError } {
  const parsed = parseRequest(body)
  if ('error' in parsed) return parsed
  const violation = whyInvalid(violationsBy(validate, parsed.json))
  if (violation) return { error: violation }
  const request = parsed.json as unknown as ChatRequest
  const error =
    whyTooLarge(request, as) ??
    whyTooSmall(request, as) ??
    whyOutOfTurn(request.messages) ??
    (as && whyForeign(request)) ??
    whyUncallable(request)
  return error ? { error } : { request }
}
