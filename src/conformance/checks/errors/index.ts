import type { Group } from '../group.ts'
import errorIn200 from './error-in-200.ts'
import errorAsSpeech from './error-as-speech.ts'
import invalidJson from './invalid-json.ts'
import missingMessages from './missing-messages.ts'
import unknownModel from './unknown-model.ts'
import method from './method.ts'
import unauthorized from './unauthorized.ts'
import oversize from './oversize.ts'
import errorShape from './error-shape.ts'
import noLeak from './no-leak.ts'
import rateLimit from './rate-limit.ts'
import beforeStream from './before-stream.ts'

export const errors: Group = {
  id: 'errors',
  checks: [
    errorIn200,
    errorAsSpeech,
    invalidJson,
    missingMessages,
    unknownModel,
    method,
    unauthorized,
    oversize,
    errorShape,
    noLeak,
    rateLimit,
    beforeStream,
  ],
}
