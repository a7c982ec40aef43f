import type { Group } from '../group.ts'
import indexMissing from './index-missing.ts'
import indexShared from './index-shared.ts'
import indexGap from './index-gap.ts'
import idMissing from './id-missing.ts'
import idChanges from './id-changes.ts'
import idRepeated from './id-repeated.ts'
import idDuplicate from './id-duplicate.ts'
import idReusedAcrossTurns from './id-reused-across-turns.ts'
import nameMissing from './name-missing.ts'
import nameRepeated from './name-repeated.ts'
import nameKnown from './name-known.ts'
import callType from './type.ts'
import argumentsString from './arguments-string.ts'
import argumentsJson from './arguments-json.ts'
import argumentsObject from './arguments-object.ts'
import argumentsEmpty from './arguments-empty.ts'
import argumentsSchema from './arguments-schema.ts'
import finishReason from './finish-reason.ts'
import legacyFunctionCall from './legacy-function-call.ts'
import callRepeated from './call-repeated.ts'
import argumentsStringInResponses from './in-responses/arguments-string.ts'
import idChangesInResponses from './in-responses/id-changes.ts'
import idMissingInResponses from './in-responses/id-missing.ts'
import indexGapInResponses from './in-responses/index-gap.ts'
import indexSharedInResponses from './in-responses/index-shared.ts'
import nameMissingInResponses from './in-responses/name-missing.ts'
import callTypeInResponses from './in-responses/type.ts'
import argumentsMatchDone from './arguments-match-done.ts'
import argumentsDeltaMissing from './arguments-delta-missing.ts'
import argumentsDoneMissing from './arguments-done-missing.ts'
import callOnlyInCompleted from './call-only-in-completed.ts'
import callIdIsUsable from './call-id-is-usable.ts'

export const tools: Group = {
  id: 'tools',
  checks: [
    indexMissing,
    indexShared,
    indexSharedInResponses,
    indexGap,
    indexGapInResponses,
    idMissing,
    idMissingInResponses,
    idChanges,
    idChangesInResponses,
    idRepeated,
    idDuplicate,
    idReusedAcrossTurns,
    nameMissing,
    nameMissingInResponses,
    nameRepeated,
    nameKnown,
    callType,
    callTypeInResponses,
    argumentsString,
    argumentsStringInResponses,
    argumentsJson,
    argumentsObject,
    argumentsEmpty,
    argumentsSchema,
    finishReason,
    legacyFunctionCall,
    callRepeated,
    argumentsMatchDone,
    argumentsDeltaMissing,
    argumentsDoneMissing,
    callOnlyInCompleted,
    callIdIsUsable,
  ],
}
