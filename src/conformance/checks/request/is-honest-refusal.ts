import type { Evidence } from '../../evidence/evidence.ts'
import { featuresIn, REQUEST_FEATURES } from './features.ts'

/** What endpoints answer to what they do not support. */
const UNSUPPORTED = [400, 404, 422, 501]

/**
 * Whether the endpoint says that its model cannot hold the request, or that it does not support what
 * the platform does not depend on.
 */
export function isHonestRefusal(evidence: Evidence): boolean {
  const { exchange, request } = evidence
  const isUnsupported = UNSUPPORTED.includes(exchange?.response?.status ?? 0)
  if (!isUnsupported && !evidence.wasRefused) return false
  const isTurn = exchange?.request.method === 'POST'
  const features = request || !isTurn ? featuresIn(request ?? {}) : []
  if (evidence.wasRefused && features.includes('large') && evidence.namesContextLimit) return true
  return (
    isUnsupported &&
    evidence.errorText !== undefined &&
    features.some((id) => !REQUEST_FEATURES[id].needed)
  )
}
