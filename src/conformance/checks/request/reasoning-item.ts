import { defineCheck } from '../../check/define-check.ts'
import { issue, PIPECAT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import { ofItems } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

export const reasoningItem = ofItems(
  'a reasoning item in its history',
  ({ type }) => type === 'reasoning',
  () => undefined,
)

export default defineCheck({
  id: 'request/reasoning-item',
  title: 'Reasoning items in the history are accepted, or ignored',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Reasoning items are sent back with what was said after them',
    ...PIPECAT_RESPONSES,
    seenIn: issue('vllm-project/vllm', 55_974),
  },
  effect: 'The turn after one in which the model has thought is refused.',
  fix: 'Accept items of type `reasoning`; leave them out where your model has no use for them.',
  probes: ['chain'],
  needs: ['exchange'],
  // Who made the encrypted content may insist on its own.
  compare: (evidence) => observeAsked(evidence, reasoningItem, /encrypt|verif/i),
  mutants: {
    'reject-reasoning-item': refuseAsked(reasoningItem.isIn, "Invalid value: 'reasoning'"),
  },
  echoes: ECHOES_OF_REFUSAL,
})
