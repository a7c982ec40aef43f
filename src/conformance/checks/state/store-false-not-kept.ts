import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { RESPONSES_REQUEST } from '../../check/sources.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { rewriteAsked } from '../../faults/index.ts'
import { lookedUp } from './looked-up.ts'

export default defineCheck({
  id: 'state/store-false-not-kept',
  title: 'What is not to be stored cannot be asked for again',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  optIn: '--profile openai',
  requirement: {
    text: 'store: whether to store the generated model response for later retrieval via API',
    ...RESPONSES_REQUEST,
  },
  effect: 'What callers say is kept, although it was not to be.',
  fix: 'Keep nothing of a request with `"store": false`, and answer GET /responses/{id} with status 404 and JSON.',
  probes: ['kept'],
  needs: ['exchange', 'response'],
  *inspect(evidence) {
    if (lookedUp(evidence, 'get-not-kept') === undefined) return
    const { status } = evidence.exchange.response
    if (status >= 400 && status < 500 && isJsonObject(evidence.json)) return
    yield {
      message: 'A response that was not to be stored is there, or is not said to be gone.',
      expected: 'status 404 with JSON',
      actual: describeAnswer(evidence),
    }
  },
  mutants: {
    'store-false-kept': rewriteAsked(({ store: _, ...asked }) => asked),
  },
})
