import { defineCheck } from '../../check/define-check.ts'
import { issue, RESPONSES_REQUEST } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

/** What is sent instead says the opposite, since absence means the same. */
export const storeTrue: AskedFeature = {
  name: '`"store": true`',
  isIn: ({ store }) => store === true,
  removeFrom: (asked) => ({ ...asked, store: false }),
}

export default defineCheck({
  id: 'request/store-default',
  title: '`"store": true` is accepted, as its absence is, even where nothing is kept',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'store: defaults to true',
    ...RESPONSES_REQUEST,
    seenIn: issue('vllm-project/vllm', 22_137),
  },
  effect: 'Clients that leave everything at its default are refused.',
  fix: 'Accept `store`; an endpoint without a store refuses what asks for a response that it does not have.',
  probes: ['chain'],
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, storeTrue),
  mutants: {
    'reject-store-true': refuseAsked(storeTrue.isIn, 'This server does not store responses.'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
