import type { JsonObject } from '../../protocol/index.ts'
import { type FeatureId, featuresIn, REQUEST_FEATURES } from '../checks/request/features.ts'
import { onlyToolIn } from '../checks/request/tool-features.ts'

/** What platforms add to a turn, and users ask them to. */
const ADDED: readonly FeatureId[] = [
  'extra-body',
  'user-id',
  'call',
  'phone-number',
  'customer',
  'metadata',
]

/** `unknown`: there was no answer, or it was not about the request, such as status 429. */
export type Answer = 'accepted' | 'refused' | 'unknown'

class NoTelling extends Error {}

/** More would not be worth their cost. */
const MAX_CULPRITS = 4

/**
 * Finds out because of which of its features a request is refused: takes them away, one after the
 * other, until what is left is accepted. Asks first for the plainest request, since that costs one
 * request, then for the plainest that still has what the platform adds, which some endpoints need.
 * Gives none where both are refused, nor where some request gets an answer that does not tell.
 */
export async function findCulprits(
  refused: JsonObject,
  ask: (request: JsonObject) => Promise<Answer>,
): Promise<FeatureId[]> {
  try {
    return await search(refused, async (request) => {
      const answer = await ask(request)
      if (answer === 'unknown') throw new NoTelling()
      return answer === 'accepted'
    })
  } catch (error) {
    if (error instanceof NoTelling) return []
    throw error
  }
}

type IsAccepted = (request: JsonObject) => Promise<boolean>

async function search(refused: JsonObject, isAccepted: IsAccepted): Promise<FeatureId[]> {
  const culprits: FeatureId[] = []
  const all = featuresIn(refused)
  const own = all.filter((id) => !ADDED.includes(id))
  let suspects: readonly FeatureId[] | undefined
  if (await isAccepted(withoutAll(refused, all))) suspects = all
  else if (own.length < all.length && (await isAccepted(withoutAll(refused, own)))) suspects = own
  if (!suspects) return culprits
  let request = refused
  while (culprits.length < MAX_CULPRITS) {
    const culprit = await firstCulprit(request, suspects, isAccepted)
    if (culprit === undefined) return culprits
    culprits.push(culprit)
    request = REQUEST_FEATURES[culprit].removeFrom(request)
    if (await isAccepted(request)) return culprits
  }
  return culprits
}

async function firstCulprit(
  request: JsonObject,
  suspects: readonly FeatureId[],
  isAccepted: IsAccepted,
): Promise<FeatureId | undefined> {
  let rest = request
  for (const id of featuresIn(request)) {
    if (!suspects.includes(id)) continue
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
  isAccepted: IsAccepted,
): Promise<FeatureId> {
  const left = onlyToolIn(before)
  if (!left || !REQUEST_FEATURES[left].isIn(request)) return 'tools'
  return (await isAccepted(REQUEST_FEATURES[left].removeFrom(request))) ? left : 'tools'
}

function withoutAll(request: JsonObject, features: readonly FeatureId[]): JsonObject {
  return features.reduce((rest, id) => REQUEST_FEATURES[id].removeFrom(rest), request)
}
