import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { joined, messagesOf, type RequestFeature } from './request-feature.ts'

export const toolMessages: RequestFeature = {
  name: 'messages with the role `tool`',
  nameIn: { responses: 'function_call_output' },
  needed: true,
  isIn: (request) => messagesOf(request).some(({ role }) => role === 'tool'),
  removeFrom: (request) => ({
    ...request,
    messages: messagesOf(request)
      .filter(({ tool_calls: calls }) => !Array.isArray(calls))
      .map((message) =>
        message['role'] === 'tool'
          ? { role: 'user', content: `A tool has answered: ${joined(message['content'])}` }
          : message,
      ),
  }),
}

export default defineCheck({
  id: 'request/tool-role',
  title: 'Messages with the role `tool` are accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The result of a tool comes as a message with the role `tool`',
    ...OPENAI_TOOLS,
    seenIn: issue('anthropics/claude-code', 83_989),
  },
  effect: 'The call ends as soon as a tool has answered.',
  fix: 'Accept the role `tool` with its `tool_call_id`, and pass both on to the model.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, toolMessages),
  mutants: {
    'reject-tool-role': refuseWhen(toolMessages.isIn, 'Unsupported role: tool'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
