import type { ApiError } from '../error-reply.ts'

/** Refuses an empty array, as OpenAI does. */
export function emptyArray(param: string): ApiError {
  return {
    status: 400,
    message: `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    param,
    code: 'empty_array',
  }
}
