import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { strictAlternation } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'

export default defineCheck({
  id: 'request/assistant-first',
  title: 'A history that begins with the agent is accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'What the agent says first stands before the first user message',
    ...ELEVENLABS,
    seenIn: issue('vllm-project/vllm', 6862),
  },
  effect: 'Every turn is refused, because the agent speaks first in nearly every call.',
  fix: 'Accept any order of roles; where the model insists on alternation, put an empty user message in front.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, 'assistant-first'),
  mutants: { 'strict-alternation': strictAlternation },
  echoes: ECHOES_OF_REFUSAL,
})
