import type { JsonObject } from '../../protocol/index.ts'
import { type FeatureId, featuresIn, REQUEST_FEATURES } from './request-features.ts'

/** More would not be worth their cost. */
const MAX_CULPRITS = 4

/**
 * Finds out because of which of its features a request is refused: takes them away, one after the
 * other, until what is left is accepted. Gives none where even a plain request is refused.
 */
export async function findCulprits(
  refused: JsonObject,
  isAccepted: (request: JsonObject) => Promise<boolean>,
): Promise<FeatureId[]> {
  const culprits: FeatureId[] = []
  let request = refused
  while (culprits.length < MAX_CULPRITS) {
    let rest = request
    let culprit: FeatureId | undefined
    const tried = []
    for (const id of featuresIn(request)) {
      // A feature may have gone with another one.
      if (!REQUEST_FEATURES[id].isIn(rest)) continue
      rest = REQUEST_FEATURES[id].removeFrom(rest)
      tried.push(id)
      if (!(await isAccepted(rest))) continue
      culprit = id
      break
    }
    if (culprit === undefined) return culprits
    culprits.push(culprit)
    request = REQUEST_FEATURES[culprit].removeFrom(request)
    if (tried.length === 1 || (await isAccepted(request))) return culprits
  }
  return culprits
}
