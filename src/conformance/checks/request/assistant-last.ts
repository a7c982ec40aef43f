import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { appendUser, messagesOf, type RequestFeature } from './request-feature.ts'

export const assistantLast: RequestFeature = {
  name: 'a history that ends with an assistant message',
  needed: false,
  isIn: (request) => messagesOf(request).at(-1)?.['role'] === 'assistant',
  removeFrom: appendUser('Go on, please.'),
}

export default defineCheck({
  id: 'request/assistant-last',
  title: 'A history that ends with the agent is accepted',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'After a silence, or a tool, the platform asks again with the history as it is',
    ...ELEVENLABS,
  },
  effect: 'The agent has nothing to say when the caller stays silent.',
  fix: 'Answer with a continuation; where the model insists on a user message, append one that says the caller is silent.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, assistantLast),
  mutants: {
    'reject-assistant-last': refuseWhen(
      assistantLast.isIn,
      'The last message must come from the user',
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
