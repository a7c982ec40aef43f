import { type Header, headerValue } from '../wire/index.ts'
import type { ApiError } from './error-reply.ts'

/**
 * Refuses a body that is compressed, which nobody here undoes: it would be told that it is no JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16
 */
export function refuseCoding(headers: readonly Header[]): ApiError | undefined {
  const coding = headerValue(headers, 'content-encoding')?.trim() || 'identity'
  if (coding.toLowerCase() === 'identity') return undefined
  return {
    status: 415,
    message: `The request body is coded as "${coding}": send it as it is, without Content-Encoding.`,
    headers: [['accept-encoding', 'identity']],
  }
}
