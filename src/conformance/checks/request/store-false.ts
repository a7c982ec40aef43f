import { defineCheck } from '../../check/define-check.ts'
import { PIPECAT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'
import { without } from './request-feature.ts'

export const storeFalse: AskedFeature = {
  name: '`"store": false` and `include`',
  isIn: ({ store }) => store === false,
  removeFrom: without('store', 'include'),
}

export default defineCheck({
  id: 'request/store-false',
  title: '`"store": false` is accepted, and `"include": ["reasoning.encrypted_content"]` with it',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Each request has `"store": false`',
    ...PIPECAT_RESPONSES,
  },
  effect: 'Every turn of a Pipecat agent is refused.',
  fix: 'Accept `store` and `include`, whatever you keep.',
  probes: 'every-stream',
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, storeFalse),
  mutants: {
    'reject-store-false': refuseAsked(storeFalse.isIn, "Unknown parameter: 'store'."),
  },
  echoes: ECHOES_OF_REFUSAL,
})
