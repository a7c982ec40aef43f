import type { JsonObject } from '../../../protocol/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { assistantParts, assistantString } from './assistant-text.ts'
import { foreignItemIds } from './foreign-item-ids.ts'
import { instructions } from './instructions.ts'
import { untypedItems } from './item-type-optional.ts'
import { reasoningEffort } from './reasoning-effort.ts'
import { reasoningItem } from './reasoning-item.ts'
import { storeTrue } from './store-default.ts'
import { strictNull } from './strict-null.ts'
import { systemItem } from './system-item.ts'
import { toolChoiceFlat } from './tool-choice-flat.ts'

/** What some endpoint refuses of a request of the Responses API, in the order in which it is suspected. */
const ASKED_FEATURES: readonly AskedFeature[] = [
  reasoningItem,
  foreignItemIds,
  strictNull,
  reasoningEffort,
  toolChoiceFlat,
  storeTrue,
  assistantParts,
  systemItem,
  untypedItems,
  assistantString,
  instructions,
]

/** The features of a request, the most suspected first. */
export function askedFeaturesIn(asked: JsonObject): readonly AskedFeature[] {
  return ASKED_FEATURES.filter(({ isIn }) => isIn(asked))
}
