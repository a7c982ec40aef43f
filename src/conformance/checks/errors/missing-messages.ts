import { isJsonObject, parseJson, responses } from '../../../protocol/index.ts'
import { type HttpRequest, jsonReply, pathOf } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { answerWhere } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/missing-messages',
  title: 'A request without messages is refused as the mistake of the client',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: '`messages` is required; a request without it is answered with status 400 or 422',
    ...OPENAI_REQUEST,
    seenIn: issue('huggingface/text-generation-inference', 2749),
  },
  effect:
    'A wrong request passes for an outage (5xx) or for a reply (200), so the mistake is looked for in the wrong place.',
  fix: 'Validate the request before you answer, and send what is wrong with status 400 or 422.',
  wordsIn: {
    responses: {
      title: 'A request without input is refused as the mistake of the client',
      requirement: {
        text: 'Without `input`, `prompt` or `previous_response_id` there is nothing to answer; such a request gets status 400',
        ...RESPONSES_REQUEST,
      },
    },
  },
  probes: ['missing-messages'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    yield* expectRefusal(evidence, {
      what: `A request without ${evidence.dialect.id === responses.id ? 'input' : 'messages'}`,
      expected: 'status 400 or 422',
      isFine: blamesClient,
    })
  },
  mutants: {
    'no-messages-200': answerWhere(
      hasNoMessages,
      jsonReply(200, { error: { message: 'messages is required' } }),
    ),
    'no-messages-500': answerWhere(
      hasNoMessages,
      jsonReply(500, { error: { message: 'Internal error' } }),
    ),
  },
})

function hasNoMessages({ url, body }: HttpRequest): boolean {
  const request = parseJson(body ?? '')
  const member = pathOf(url).endsWith(responses.path) ? 'input' : 'messages'
  return isJsonObject(request) && !(member in request)
}
