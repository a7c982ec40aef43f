import { clip } from '../../../wire/index.ts'
import type { ApiError } from '../../error-reply.ts'

/** What each parameter may say, in words and as a pattern. */
const ALLOWED: Readonly<Record<string, readonly [words: string, pattern: RegExp]>> = {
  starting_after: ['a whole number', /^\d+$/],
  limit: ['a whole number from 1 to 100', /^(?:[1-9]\d?|100)$/],
  order: ["'asc' or 'desc'", /^(?:asc|desc)$/],
  stream: ["'true' or 'false'", /^(?:true|false)$/],
}
const MAX_VALUE = 64

/** Says which parameter of a query for what is kept cannot be taken for what it asks. */
export function whyWrongQuery(query: URLSearchParams): ApiError | undefined {
  for (const [param, [words, pattern]] of Object.entries(ALLOWED)) {
    const value = query.get(param)
    if (value === null || pattern.test(value)) continue
    const message = `Invalid value for '${param}': '${clip(value, MAX_VALUE)}'. Expected ${words}.`
    return { status: 400, message, param }
  }
  return undefined
}
