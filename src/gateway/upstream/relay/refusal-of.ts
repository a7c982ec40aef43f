import { retryAfterMs } from '../retry-after.ts'
import { UpstreamError, type UpstreamFault } from '../upstream-error.ts'
import type { Answering } from './send.ts'

/** What a status other than 200 means; the body is quoted for logs. */
export function refusalOf({ status, header }: Answering, body: string): UpstreamError {
  const wait = retryAfterMs(header)
  return new UpstreamError(faultOf(status), `it answered with status ${status}: ${body}`, {
    status,
    ...(wait !== undefined && { retryAfterMs: wait }),
  })
}

function faultOf(status: number): UpstreamFault {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate-limited'
  if (status === 408 || status >= 500) return 'failed'
  // A redirect, or an address where nothing is, is a mistake of who configured it.
  return status < 400 || status === 404 || status === 405 ? 'failed' : 'refused'
}
