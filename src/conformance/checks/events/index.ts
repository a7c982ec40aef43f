import type { Group } from '../group.ts'
import chatChunks from './chat-chunks.ts'
import typeMissing from './type-missing.ts'
import nameMatchesType from './name-matches-type.ts'
import nameMissing from './name-missing.ts'
import typeKnown from './type-known.ts'
import sequenceMissing from './sequence-missing.ts'
import sequenceOrder from './sequence-order.ts'
import createdFirst from './created-first.ts'
import createdTwice from './created-twice.ts'
import inProgress from './in-progress.ts'
import responseEnvelope from './response-envelope.ts'
import outputIndexMissing from './output-index-missing.ts'
import itemIdMissing from './item-id-missing.ts'
import itemIdMismatch from './item-id-mismatch.ts'
import itemIdUnique from './item-id-unique.ts'
import itemAddedMissing from './item-added-missing.ts'
import itemDoneMissing from './item-done-missing.ts'
import afterItemDone from './after-item-done.ts'
import itemShape from './item-shape.ts'
import itemStatus from './item-status.ts'
import partAddedMissing from './part-added-missing.ts'
import partAddedFilled from './part-added-filled.ts'
import partDoneMissing from './part-done-missing.ts'
import contentIndex from './content-index.ts'
import deltaString from './delta-string.ts'
import afterTerminal from './after-terminal.ts'

export const events: Group = {
  id: 'events',
  checks: [
    chatChunks,
    typeMissing,
    nameMatchesType,
    nameMissing,
    typeKnown,
    sequenceMissing,
    sequenceOrder,
    createdFirst,
    createdTwice,
    inProgress,
    responseEnvelope,
    outputIndexMissing,
    itemIdMissing,
    itemIdMismatch,
    itemIdUnique,
    itemAddedMissing,
    itemDoneMissing,
    afterItemDone,
    itemShape,
    itemStatus,
    partAddedMissing,
    partAddedFilled,
    partDoneMissing,
    contentIndex,
    deltaString,
    afterTerminal,
  ],
}
