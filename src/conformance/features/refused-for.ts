import type { Evidence } from '../evidence/evidence.ts'
import { type FeatureId, REQUEST_FEATURES } from './request-features.ts'

/**
 * The exchanges that were refused because of a feature: the same request without it was accepted, or
 * another one of the same probe has shown so.
 */
export function refusedFor(id: FeatureId, evidence: readonly Evidence[]): Evidence[] {
  const { isIn, removeFrom } = REQUEST_FEATURES[id]
  const accepted = new Set(
    evidence.filter(({ wasAccepted }) => wasAccepted).map(({ request }) => JSON.stringify(request)),
  )
  const refused = evidence.filter(
    ({ wasRefused, request }) => wasRefused && request && isIn(request),
  )
  const proven = new Set(
    refused
      .filter(({ request }) => request && accepted.has(JSON.stringify(removeFrom(request))))
      .map(({ probe }) => probe),
  )
  return refused.filter(({ probe }) => proven.has(probe))
}
