import { defineCheck } from '../../check/define-check.ts'
import { issue, PIPECAT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import { isMessage, ofItems } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

export const foreignItemIds = ofItems(
  'a message with an id that the endpoint did not make',
  (item) => isMessage(item) && 'id' in item,
  ({ id: _, ...item }) => item,
)

export default defineCheck({
  id: 'request/foreign-item-ids',
  title: 'Items in the history may have ids that the endpoint did not make',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The history is sent whole in each turn, with the ids that its items had',
    ...PIPECAT_RESPONSES,
    seenIn: issue('jrkropp/open-webui-developer-toolkit', 715),
  },
  effect: 'A call that began with another model, as in a cascade, is refused from then on.',
  fix: 'Ignore the `id` of items that come with their content.',
  probes: ['chain'],
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, foreignItemIds),
  mutants: {
    'reject-foreign-ids': refuseAsked(foreignItemIds.isIn, "Item 'msg_soundcheck' was not found."),
  },
  echoes: ECHOES_OF_REFUSAL,
})
