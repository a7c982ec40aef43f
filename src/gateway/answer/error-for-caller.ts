import type { ApiError } from '../../protocol/index.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'

/**
 * What a caller is told of an upstream that gave no answer: nothing that it said itself, since that may
 * name keys and hosts.
 */
export function errorForCaller(error: unknown): ApiError {
  if (!(error instanceof UpstreamError)) {
    return { status: 500, message: 'The gateway failed; its log says why.', code: 'gateway_error' }
  }
  const { fault, retryAfterMs } = error
  const retryAfter = String(Math.ceil((retryAfterMs ?? 1000) / 1000))
  switch (fault) {
    case 'rate-limited':
      return {
        status: 429,
        message: 'The model behind this gateway has too many requests. Try again later.',
        code: 'upstream_rate_limited',
        headers: [['retry-after', retryAfter]],
      }
    case 'refused':
      return {
        status: 400,
        message: `The model behind this gateway refused the request${error.status === undefined ? '' : ` with status ${error.status}`}. The log of the gateway says why.`,
        code: 'upstream_refused',
      }
    case 'late':
      return {
        status: 504,
        message: 'The model behind this gateway did not answer in time.',
        code: 'upstream_late',
      }
    case 'unauthorized':
      return {
        status: 502,
        message: 'The model behind this gateway refused the key of the gateway, not yours.',
        code: 'upstream_unauthorized',
      }
    case 'filtered':
      return {
        status: 502,
        message: 'A content filter left nothing of what the model behind this gateway answered.',
        code: 'upstream_filtered',
      }
    case 'unreachable':
    case 'failed':
    case 'broken':
    case 'garbled':
      return {
        status: 502,
        message: 'The model behind this gateway failed. The log of the gateway says why.',
        code: `upstream_${fault}`,
      }
  }
}
