import { type ChatRequest, chatRequestSchema } from '../../chat-request.ts'
import { jsonExcess } from '../../json/json-excess.ts'
import { parseJsonOrThrow } from '../../json/json.ts'
import { validatorOf } from '../../json/compile-schema.ts'
import { emptyArray } from './empty-array.ts'
import { validate } from './precompiled-request.ts'
import type { ApiError } from '../../error-reply.ts'
import type { StandIn } from '../../stand-in.ts'
import { choiceOf, namedIn, offersOf } from '../../offers.ts'
import { whyForeign } from './why-foreign.ts'
import { whyInvalid } from './why-invalid.ts'
import { whyOutOfTurn } from './why-out-of-turn.ts'
import { whyTooLarge } from './why-too-large.ts'
import { whyTooSmall } from './why-too-small.ts'

const violationsOf = validatorOf(chatRequestSchema, validate)
// Compiles it: the first caller should not wait longer than the others.
violationsOf(null)

const MOST = {
  /** More than any sane schema of a tool needs, and far less than the stack can take. */
  depth: 256,
  /** A thousand messages, or tools, have fewer. */
  members: 100_000,
}

/**
 * Reads the body of a chat completion request, or says what is wrong with it: what OpenAI refuses,
 * unless platforms send it.
 */
export function readChatRequest(
  body: string,
  as?: StandIn,
): { readonly request: ChatRequest } | { readonly error: ApiError } {
  switch (jsonExcess(body, MOST)) {
    case 'depth':
      return invalid(`The request is nested deeper than ${MOST.depth} levels.`)
    case 'members':
      return invalid(`The request holds more than ${MOST.members} keys and values.`)
  }
  let json: unknown
  try {
    json = parseJsonOrThrow(body)
  } catch (error) {
    return invalid(`The request body is not valid JSON: ${(error as SyntaxError).message}`)
  }
  const violation = whyInvalid(violationsOf(json))
  if (violation) return { error: violation }
  const request = json as ChatRequest
  const error =
    whyTooLarge(request, as) ??
    whyTooSmall(request, as) ??
    whyOutOfTurn(request.messages) ??
    (as && whyForeign(request))
  return error ? { error } : (contradiction(request) ?? { request })
}

function contradiction(request: ChatRequest): { error: ApiError } | undefined {
  const offers = offersOf(request)
  const { choice, allowed } = choiceOf(request)
  const param = (request.tool_choice ?? null) === null ? 'function_call' : 'tool_choice'
  if (choice === 'required' && offers.length === 0) {
    return invalid(`"${param}" is "required", but no tools are offered.`, param)
  }
  if (choice === 'required' && allowed?.length === 0) {
    return { error: emptyArray('tool_choice.allowed_tools.tools') }
  }
  const offered = new Set(offers.map(({ kind, name }) => `${kind} ${name}`))
  const missing = namedIn(request).find(({ kind, name }) => !offered.has(`${kind} ${name}`))
  if (!missing) return undefined
  const { kind, name } = missing
  const noun = kind === 'custom' ? 'custom tool' : 'function'
  const place = kind === 'legacy' ? 'functions' : 'tools'
  return invalid(`"${param}" names the ${noun} "${name}", which is not among the ${place}.`, param)
}

function invalid(message: string, param?: string): { error: ApiError } {
  return { error: { status: 400, message, ...(param !== undefined && { param }) } }
}
