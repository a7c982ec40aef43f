import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { editMessages, messagesOf, type RequestFeature } from './request-feature.ts'

export const developerRole: RequestFeature = {
  name: 'the role `developer`',
  needed: false,
  isIn: (request) => messagesOf(request).some(({ role }) => role === 'developer'),
  removeFrom: editMessages((message) =>
    message['role'] === 'developer' ? { ...message, role: 'system' } : message,
  ),
}

export default defineCheck({
  id: 'request/developer-role',
  title: 'Messages with the role `developer` are accepted',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Newer clients send the system prompt with the role `developer`',
    ...OPENAI_REQUEST,
    seenIn: issue('8monkey-ai/hebo-gateway', 251),
  },
  effect: 'Clients that use the newer role are refused; ElevenLabs sends `system`.',
  fix: 'Treat `developer` as `system`.',
  wordsIn: {
    responses: {
      title: 'Items with the role `developer` are accepted',
      requirement: {
        text: 'The role of an item is user, assistant, system, or developer',
        ...RESPONSES_REQUEST,
        seenIn: issue('8monkey-ai/hebo-gateway', 251),
      },
      effect: 'Clients that use the newer role are refused: Pipecat sends every system message so.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, developerRole),
  mutants: {
    'reject-developer': refuseWhen(developerRole.isIn, 'Unknown role: developer'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
