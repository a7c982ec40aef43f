import { defineCheck } from '../../check/define-check.ts'
import { RESPONSES_REQUEST } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

export const inputString: AskedFeature = {
  name: 'a string as its `input`',
  isIn: ({ input }) => typeof input === 'string',
  removeFrom: (asked) => ({ ...asked, input: [{ role: 'user', content: asked['input']! }] }),
}

export default defineCheck({
  id: 'request/input-string',
  title: 'A string as `input` is accepted as what the user says',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'input: a text input to the model, equivalent to a text input with the role user; or a list of items',
    ...RESPONSES_REQUEST,
  },
  effect: 'Clients that ask a single question are refused.',
  fix: 'Read a string as one item: `{"role": "user", "content": "..."}`.',
  probes: ['plain-speech'],
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, inputString),
  mutants: {
    'reject-input-string': refuseAsked(inputString.isIn, 'input: expected a list'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
