import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { REQUEST_FEATURES } from '../../features/request-features.ts'

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
  compare: (evidence) => observeRefusals(evidence, 'assistant-last'),
  mutants: {
    'reject-assistant-last': refuseWhen(
      REQUEST_FEATURES['assistant-last'].isIn,
      'The last message must come from the user',
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
