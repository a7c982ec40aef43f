import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { CHAINED, mentions } from '../../evidence/nonces.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { keepItems, refuseAsked } from '../../faults/index.ts'
import { isMessage, ofItems } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

const [TYPED, UNTYPED] = CHAINED

export const untypedItems = ofItems(
  'items that have a role and no `type`',
  (item) => isMessage(item) && !('type' in item),
  (item) => ({ type: 'message', ...item }),
)

export default defineCheck({
  id: 'request/item-type-optional',
  title: 'Items with a role and content need no `type`, and are read',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'input: a list of items that have a role and content',
    ...ELEVENLABS,
    seenIn: issue('rynfar/meridian', 691),
  },
  effect: 'Every turn is refused; or it is answered as if the caller had said nothing.',
  fix: 'Take an item without a `type` for a message.',
  probes: 'every-stream',
  needs: ['exchange'],
  *inspect(evidence) {
    // What was said in an item with a type is known, and what was said in one without is not.
    if (evidence.probe !== 'chain' || !isFinished(evidence)) return
    if (!mentions(evidence.text, TYPED) || mentions(evidence.text, UNTYPED)) return
    yield {
      message: `The reply lacks "${UNTYPED}", which stands in an item without a type and was asked for.`,
      expected: `a reply that says "${UNTYPED}"`,
      actual: evidence.text,
    }
  },
  compare: (evidence) => observeAsked(evidence, untypedItems),
  mutants: {
    'reject-untyped-items': refuseAsked(
      untypedItems.isIn,
      "Missing required parameter: 'input[0].type'",
    ),
    'drop-untyped-items': keepItems((item) => isJsonObject(item) && 'type' in item),
  },
  echoes: [
    ...ECHOES_OF_REFUSAL,
    'state/previous-response-id',
    'behaviour/constant-reply',
    'behaviour/conversation-memory',
    'behaviour/tool-triggered',
  ],
})
