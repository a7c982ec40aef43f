import type { JsonObject } from '../../protocol/index.ts'
import { type FeatureId, featuresIn, onlyToolIn, REQUEST_FEATURES } from './request-features.ts'

/** More would not be worth their cost. */
const MAX_CULPRITS = 4

/**
 * Finds out because of which of its features a request is refused: takes them away, one after the
 * other, until what is left is accepted. Gives none where even the plainest request is refused, and
 * asks for that first: it costs one request to know.
 */
export async function findCulprits(
  refused: JsonObject,
  isAccepted: (request: JsonObject) => Promise<boolean>,
): Promise<FeatureId[]> {
  const culprits: FeatureId[] = []
  if (!(await isAccepted(plainest(refused)))) return culprits
  let request = refused
  while (culprits.length < MAX_CULPRITS) {
    const culprit = await firstCulprit(request, isAccepted)
    if (culprit === undefined) return culprits
    culprits.push(culprit)
    request = REQUEST_FEATURES[culprit].removeFrom(request)
    if (await isAccepted(request)) return culprits
  }
  return culprits
}

async function firstCulprit(
  request: JsonObject,
  isAccepted: (request: JsonObject) => Promise<boolean>,
): Promise<FeatureId | undefined> {
  let rest = request
  for (const id of featuresIn(request)) {
    // A feature may have gone with another one.
    if (!REQUEST_FEATURES[id].isIn(rest)) continue
    const before = rest
    rest = REQUEST_FEATURES[id].removeFrom(rest)
    if (!(await isAccepted(rest))) continue
    return id === 'tools' ? lastTool(before, request, isAccepted) : id
  }
  return undefined
}

/** Where one tool was left, and is all that is refused, that tool; else all of them. */
async function lastTool(
  before: JsonObject,
  request: JsonObject,
  isAccepted: (request: JsonObject) => Promise<boolean>,
): Promise<FeatureId> {
  const left = onlyToolIn(before)
  if (!left || !REQUEST_FEATURES[left].isIn(request)) return 'tools'
  return (await isAccepted(REQUEST_FEATURES[left].removeFrom(request))) ? left : 'tools'
}

function plainest(request: JsonObject): JsonObject {
  return featuresIn(request).reduce((rest, id) => REQUEST_FEATURES[id].removeFrom(rest), request)
}
