import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { ignoreToolChoice } from '../../faults/index.ts'

export default defineCheck({
  id: 'behaviour/tool-choice-none',
  title: '`"tool_choice": "none"` keeps the model from calling tools',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'none means the model will not call any tool and instead generates a message',
    ...OPENAI_REQUEST,
    seenIn: issue('ollama/ollama', 17_921),
  },
  effect: 'A client that has ruled tools out does not expect a call, and drops the reply.',
  fix: 'Hand `tool_choice` on, or leave `tools` out of the request to your model when it is "none".',
  wordsIn: {
    responses: {
      requirement: {
        text: 'none means the model will not call any tool and instead generates a message',
        ...RESPONSES_REQUEST,
        seenIn: issue('ollama/ollama', 17_921),
      },
    },
  },
  probes: ['tool-choice-none'],
  needs: ['request', 'chunks'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (evidence.request['tool_choice'] !== 'none') {
      return skip('the request went out without tool_choice')
    }
    const [call] = evidence.calls
    if (!call) return
    yield {
      message: `The reply calls ${call.name ?? 'a tool'}, although tool_choice is "none".`,
      expected: 'a reply in words',
      ...evidence.where(call.opening),
    }
  },
  mutants: { 'ignore-tool-choice': ignoreToolChoice },
})
