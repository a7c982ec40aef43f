import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { ignoreToolChoice } from '../../faults/index.ts'

export default defineCheck({
  id: 'behaviour/tool-choice-required',
  title: '`"tool_choice": "required"` makes the model call a tool, or is refused',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'required means the model must call one or more tools',
    ...OPENAI_REQUEST,
    seenIn: issue('ollama/ollama', 8421),
  },
  effect:
    'A client that relies on a call gets words instead, and no hint that its wish was ignored.',
  fix: 'Hand `tool_choice` on to your model; if it cannot be forced, refuse the request with status 400.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'required means the model must call one or more tools',
        ...RESPONSES_REQUEST,
        seenIn: issue('ollama/ollama', 8421),
      },
    },
  },
  probes: ['required-tool'],
  needs: ['request', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (evidence.request['tool_choice'] !== 'required') {
      return skip('the request went out without tool_choice')
    }
    if (!isFinished(evidence)) return skip('the reply says nothing that could be judged')
    if (evidence.calls.length > 0) return
    yield {
      message: 'The reply calls no tool, although tool_choice is "required".',
      expected: 'a tool call, or status 400',
      actual: evidence.text,
    }
  },
  mutants: { 'ignore-tool-choice': ignoreToolChoice },
})
