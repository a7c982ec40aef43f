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

export const chunk: Group = {
  id: 'chunk',
  checks: [
    envelopeFields,
    createdInteger,
    idStable,
    idUnique,
    choicesPresent,
    choiceIndex,
    choiceIndexStable,
    deltaPresent,
    roleValue,
    roleSent,
    contentType,
    usageShape,
    cumulativeContent,
    finalRepeat,
    openaiSchema,
  ],
}
