import { isJsonObject, type JsonObject, type Call } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { entriesOf } from '../../observe/entries-of.ts'
import { skip } from '../../check/gap.ts'
import { mentions, NONCES } from '../../evidence/nonces.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { type Draft, rewriteRequest } from '../../faults/index.ts'

const [CARRIER] = NONCES['tool-result']
/** The carrier in the result, or its status in words of the model. */
const USED = [CARRIER, 'on its way', 'on the way', 'in transit']

export default defineCheck({
  id: 'behaviour/tool-result-used',
  title: 'A reply uses the result of the tool that was called for it',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The result of a call comes back as a message with the role `tool`, for the model to answer from',
    ...OPENAI_TOOLS,
    seenIn: issue('cubist38/mlx-openai-server', 205),
  },
  effect:
    'The agent makes up an answer, or calls the same tool again and again until the call ends.',
  fix: 'Hand messages with the role `tool`, and the calls they belong to, on to your model.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'The result of a call comes back as an item of type function_call_output, for the model to answer from',
        ...OPENAI_TOOLS,
        seenIn: issue('cubist38/mlx-openai-server', 205),
      },
      fix: 'Hand items of type function_call_output, and the calls they belong to, on to your model.',
    },
  },
  probes: ['tool-result'],
  needs: ['request', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const results = messagesIn(evidence.request).filter(({ role }) => role === 'tool')
    if (!results.some(({ content }) => mentions(showJson(content), CARRIER))) {
      return skip('the request went out without the result of the tool')
    }
    if (!isFinished(evidence)) return skip('the reply says nothing that could be judged')
    const repeated = evidence.calls.find((call) => wasMade(call, evidence.request))
    if (repeated) {
      yield {
        message: `The reply calls ${repeated.name} again, with the same arguments, although its result is there.`,
        expected: 'a reply from the result',
        actual: repeated.arguments,
        ...evidence.where(repeated.opening),
      }
      return
    }
    // A farewell may be spoken by the argument of a call.
    const said = [evidence.text, ...evidence.calls.map((call) => call.arguments)].join(' ')
    if (USED.some((words) => mentions(said, words))) return
    yield {
      message: 'The reply does not use the result of the tool.',
      expected: 'a reply that says where the order is: on its way, with Narwhal Parcels',
      actual: said,
    }
  },
  mutants: {
    'ignore-tool-result': rewriteRequest((request) => ({
      ...request,
      messages: request.messages.map((message: Draft) =>
        message?.role === 'tool' ? { ...message, content: '' } : message,
      ),
    })),
  },
})

/** Whether an earlier turn has made the same call. */
function wasMade(call: Call, request: JsonObject): boolean {
  return messagesIn(request)
    .flatMap(({ tool_calls: calls }) => (Array.isArray(calls) ? calls : []))
    .map((each) => (isJsonObject(each) ? each['function'] : undefined))
    .filter(isJsonObject)
    .some(({ name, arguments: args }) => {
      const before = typeof args === 'string' ? entriesOf(args) : undefined
      return name === call.name && before !== undefined && before === entriesOf(call.arguments)
    })
}

function messagesIn({ messages }: JsonObject): JsonObject[] {
  return Array.isArray(messages) ? messages.filter(isJsonObject) : []
}
