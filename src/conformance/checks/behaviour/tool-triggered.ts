import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { rewriteRequest } from '../../faults/index.ts'

const GOODBYE = /\bgood-?bye\b/i

export default defineCheck({
  id: 'behaviour/tool-triggered',
  title: 'A farewell ends the call: `end_call` is called',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The model decides when to call a function, by its description',
    ...OPENAI_TOOLS,
    seenIn: issue('elevenlabs/packages', 603),
  },
  effect: 'The agent says goodbye and stays on the line, at your expense.',
  fix: 'Check that your endpoint hands `tools` on to the model; if it does, name the tool in the system prompt, or take a model that is better at calling tools.',
  probes: ['farewell'],
  needs: ['request', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const { messages } = evidence.request
    const history = Array.isArray(messages) ? messages.filter(isJsonObject) : []
    if (history.some(({ role }) => role === 'tool')) return skip('the call was made before')
    if (!evidence.offered.has('end_call')) return skip('the request went out without tools')
    const [said] = history.filter(({ role }) => role === 'user').slice(-1)
    if (!GOODBYE.test(showJson(said?.['content']))) return skip('the caller did not say goodbye')
    if (!isFinished(evidence)) return skip('the reply says nothing that could be judged')
    const names = evidence.calls.map(({ name = '' }) => name)
    if (names.includes('end_call')) return
    if (!names.every((name) => evidence.offered.has(name))) {
      return skip('the reply calls what was not offered')
    }
    yield {
      message:
        names.length === 0
          ? 'The caller said goodbye, but the reply calls no tool.'
          : `The caller said goodbye, but the reply calls ${names.join(', ')}.`,
      expected: 'a call of end_call',
      actual: evidence.text,
    }
  },
  mutants: {
    'calls-tools-if-told': rewriteRequest(({ tools, ...request }) =>
      request.tool_choice === 'required' ? { ...request, tools } : request,
    ),
  },
})
