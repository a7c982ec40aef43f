import type { ChatRequest } from '../chat-request.ts'
import type { ApiError } from '../error-reply.ts'
import { choiceOf, namedIn, offersOf } from '../offers.ts'
import { emptyArray } from './empty-array.ts'

/** Says, as OpenAI does, where a request asks for calls of tools that it does not offer. */
export function whyUncallable(request: ChatRequest): ApiError | undefined {
  const offers = offersOf(request)
  const { choice, allowed } = choiceOf(request)
  const param = (request.tool_choice ?? null) === null ? 'function_call' : 'tool_choice'
  if (choice === 'required' && offers.length === 0) {
    return invalid(`"${param}" is "required", but no tools are offered.`, param)
  }
  if (choice === 'required' && allowed?.length === 0) {
    return emptyArray('tool_choice.allowed_tools.tools')
  }
  const offered = new Set(offers.map(({ kind, name }) => `${kind} ${name}`))
  const missing = namedIn(request).find(({ kind, name }) => !offered.has(`${kind} ${name}`))
  if (!missing) return undefined
  const { kind, name } = missing
  const noun = kind === 'custom' ? 'custom tool' : 'function'
  const place = kind === 'legacy' ? 'functions' : 'tools'
  return invalid(`"${param}" names the ${noun} "${name}", which is not among the ${place}.`, param)
}

function invalid(message: string, param: string): ApiError {
  return { status: 400, message, param }
}
