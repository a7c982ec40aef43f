import { type Header, headerValue } from '../../../wire/index.ts'
import { UpstreamError, type UpstreamFault } from '../upstream-error.ts'

/** What a status other than 200 means; the body is quoted for logs. */
export function refusalOf(status: number, headers: readonly Header[], body: string): UpstreamError {
  const retryAfterMs = retryAfterOf(headers)
  return new UpstreamError(faultOf(status), `it answered with status ${status}: ${body}`, {
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

function faultOf(status: number): UpstreamFault {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate-limited'
  if (status === 408 || status >= 500) return 'failed'
  // A redirect, or an address where nothing is, is a mistake of who configured it.
  return status < 400 || status === 404 || status === 405 ? 'failed' : 'refused'
}

/** In seconds, or as a date: RFC 9110, section 10.2.3. */
export function retryAfterOf(headers: readonly Header[], now = Date.now()): number | undefined {
  const value = headerValue(headers, 'retry-after')
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
