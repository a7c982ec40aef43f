import { isJsonObject, type Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { skip } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_MODELS } from '../../check/sources.ts'
import { editModelList } from '../../faults/index.ts'

/** Not every endpoint has a list: completions are all a platform asks for. */
const NO_LIST = [404, 405, 501]

export default defineCheck({
  id: 'models/list',
  title: 'The list of models can be read',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: '{"object": "list", "data": [{"id": ...}]}',
    ...OPENAI_MODELS,
    seenIn: issue('mostlygeek/llama-swap', 154),
  },
  effect: 'Playgrounds, gateways and LiveKit, which asks for the list to warm up, do not start.',
  fix: 'Answer GET /models with {"object": "list", "data": [{"id": "my-model", "object": "model"}]}.',
  probes: ['models'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const { response } = evidence.exchange
    if (response && NO_LIST.includes(response.status)) return skip('there is no list of models')
    const expected = 'status 200 and {"object": "list", "data": [{"id": ...}]}'
    if (!evidence.wasAccepted) {
      const answer = response ? `answered with status ${response.status}` : 'not answered'
      yield {
        message: `The request for the list of models was ${answer}.`,
        expected,
        actual: describeAnswer(evidence),
      }
      return
    }
    const fault = faultIn(evidence.json)
    if (fault) yield { message: fault, expected, actual: showJson(evidence.json) }
  },
  mutants: { 'models-bare-array': editModelList(({ data }) => data) },
})

/** `object` may be missing: OpenRouter leaves it out, and no client reads it. */
function faultIn(list: Json | undefined): string | undefined {
  if (list === undefined) return 'The list of models is not JSON.'
  if (Array.isArray(list)) return 'The list of models is a bare array.'
  const data = isJsonObject(list) ? list['data'] : undefined
  if (!Array.isArray(data)) return 'The list of models has no `data` array.'
  return data.every((model) => isJsonObject(model) && typeof model['id'] === 'string')
    ? undefined
    : 'A model in the list has no `id`.'
}
