import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { strictAlternation } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'

export default defineCheck({
  id: 'request/consecutive-users',
  title: 'Two user messages in a row are accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A caller who goes on speaking adds a message; nothing has been answered in between',
    ...ELEVENLABS,
    seenIn: issue('microsoft/semantic-kernel', 10281),
  },
  effect: 'The turn is refused when the caller adds something before the agent has answered.',
  fix: 'Accept any order of roles; where the model insists on alternation, join the messages.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, 'consecutive-users'),
  mutants: { 'strict-alternation': strictAlternation },
  echoes: ECHOES_OF_REFUSAL,
})
