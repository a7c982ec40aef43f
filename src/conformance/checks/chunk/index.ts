import type { Group } from '../group.ts'
import envelopeFields from './envelope-fields.ts'
import createdInteger from './created-integer.ts'
import idStable from './id-stable.ts'
import idUnique from './id-unique.ts'
import choicesPresent from './choices-present.ts'
import choiceIndex from './choice-index.ts'
import choiceIndexStable from './choice-index-stable.ts'
import deltaPresent from './delta-present.ts'
import roleValue from './role-value.ts'
import roleSent from './role-sent.ts'
import contentType from './content-type.ts'
import usageShape from './usage-shape.ts'
import cumulativeContent from './cumulative-content.ts'
import finalRepeat from './final-repeat.ts'
import openaiSchema from './openai-schema.ts'
import createdIntegerInResponses from './in-responses/created-integer.ts'
import idStableInResponses from './in-responses/id-stable.ts'
import idUniqueInResponses from './in-responses/id-unique.ts'
import roleValueInResponses from './in-responses/role-value.ts'
import usageShapeInResponses from './in-responses/usage-shape.ts'

export const chunk: Group = {
  id: 'chunk',
  checks: [
    envelopeFields,
    createdInteger,
    createdIntegerInResponses,
    idStable,
    idStableInResponses,
    idUnique,
    idUniqueInResponses,
    choicesPresent,
    choiceIndex,
    choiceIndexStable,
    deltaPresent,
    roleValue,
    roleValueInResponses,
    roleSent,
    contentType,
    usageShape,
    usageShapeInResponses,
    cumulativeContent,
    finalRepeat,
    openaiSchema,
  ],
}
