import { defineCheck } from '../../check/define-check.ts'
import { LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import { isMessage, ofItems } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

export const systemItem = ofItems(
  'an item with the role `system`',
  (item) => isMessage(item) && item['role'] === 'system',
  () => undefined,
)

export default defineCheck({
  id: 'request/system-item',
  title: 'Items with the role `system` are accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The system prompt, and what is added to it, are items with the role system',
    ...LIVEKIT_RESPONSES,
  },
  effect: 'Every turn of an agent that sends its prompt in this way is refused.',
  fix: 'Accept the role `system` in any item, as you do `instructions`.',
  probes: 'every-stream',
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, systemItem),
  mutants: {
    'reject-system-item': refuseAsked(systemItem.isIn, 'Unsupported role: system'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
