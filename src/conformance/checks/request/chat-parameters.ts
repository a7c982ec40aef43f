import { defineCheck } from '../../check/define-check.ts'
import { RESPONSES_REQUEST } from '../../check/sources.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { blamesClient } from '../../observe/expect-refusal.ts'
import { isSilent } from '../../observe/is-silent.ts'
import { answerWhere } from '../../faults/index.ts'
import { parseJson, isJsonObject } from '../../../protocol/index.ts'
import { type HttpRequest, jsonReply } from '../../../wire/index.ts'

/** What the probe sends that is not of this API. */
const NAMES = /\b(?:messages|max_tokens|input)\b/

const EMPTY = { id: 'resp_1', object: 'response', status: 'completed', output: [] }

export default defineCheck({
  id: 'request/chat-parameters',
  title: 'A request of chat completions is refused, and what is wrong with it is named',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'",
    ...RESPONSES_REQUEST,
  },
  effect: 'Who has configured the wrong API gets an empty reply, or a refusal that says nothing.',
  fix: 'Refuse a request without `input` with status 400, and name what is missing, or what has another name here.',
  probes: ['missing-messages'],
  needs: ['response', 'admitted'],
  *inspect(evidence) {
    const { exchange, errorText = '' } = evidence
    const { status } = exchange.response
    const expected = "status 400 that names 'messages', or 'input'"
    const actual = describeAnswer(evidence)
    if (blamesClient(status) && !NAMES.test(errorText)) {
      yield { message: 'The refusal does not name what is wrong.', expected, actual }
    } else if (status < 400 && (isSilent(evidence) || evidence.spoken.length === 0)) {
      yield { message: 'A request of chat completions got an empty reply.', expected, actual }
    }
  },
  mutants: {
    'ignore-missing-input': answerWhere(hasNoInput, jsonReply(200, EMPTY)),
  },
  echoes: ['errors/missing-messages', 'errors/before-stream'],
})

function hasNoInput({ body }: HttpRequest): boolean {
  const asked = parseJson(body ?? '')
  return isJsonObject(asked) && 'messages' in asked && !('input' in asked)
}
