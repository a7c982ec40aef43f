import type { ApiError } from '../error-reply.ts'
import { jsonExcess } from '../json/json-excess.ts'
import { type Json, parseJsonOrThrow } from '../json/json.ts'

const MOST = {
  /** More than any sane schema of a tool needs, and far less than the stack can take. */
  depth: 256,
  /** A thousand messages, or tools, have fewer. */
  members: 100_000,
}

/** Parses the body of a request, or says why nobody could read it. */
export function parseRequest(body: string): { readonly json: Json } | { readonly error: ApiError } {
  switch (jsonExcess(body, MOST)) {
    case 'depth':
      return refused(`The request is nested deeper than ${MOST.depth} levels.`)
    case 'members':
      return refused(`The request holds more than ${MOST.members} keys and values.`)
  }
  try {
    return { json: parseJsonOrThrow(body) }
  } catch (error) {
    return refused(`The request body is not valid JSON: ${(error as SyntaxError).message}`)
  }
}

function refused(message: string): { readonly error: ApiError } {
  return { error: { status: 400, message } }
}
