import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_NODE_RESPONSES } from '../../check/sources.ts'
import { dropEach, editEvents, renumbered } from '../../faults/index.ts'
import { DELTA } from './event-families.ts'

const ADDED = /^response\.output_item\.added$/

export default defineCheck({
  id: 'events/item-added-missing',
  title: 'An item is announced before its events',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'What belongs to an item that response.output_item.added has not announced makes the helper throw',
    ...OPENAI_NODE_RESPONSES,
    seenIn: issue('BerriAI/litellm', 22_102),
  },
  effect: 'The stream helpers of the OpenAI SDKs throw; other clients drop what they cannot place.',
  fix: 'Send response.output_item.added, with the item as it begins, before anything of it.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    const { items } = evidence.responses
    const early = items.filter(({ added, opening }) => !added || added.event > opening.event)
    yield* onceFor(early, ({ added, opening, type = 'an item' }) => {
      const where = evidence.where({ ...opening, path: '' })
      return {
        message: added
          ? `Events of ${type} came before its response.output_item.added.`
          : `Events of ${type} came without a response.output_item.added.`,
        expected: 'response.output_item.added before all other events of an item',
        ...where,
      }
    })
  },
  mutants: {
    'item-added-absent': dropEach(ADDED),
    'item-added-late': editEvents((events) => {
      const added = events.findIndex(({ type }) => ADDED.test(type))
      const delta = events.findIndex(({ type }) => DELTA.test(type))
      return added < 0 || delta < added
        ? events
        : renumbered(events.toSpliced(delta + 1, 0, events[added]).toSpliced(added, 1))
    }),
  },
  echoes: ['events/item-id-mismatch', 'events/part-added-missing', 'events/part-done-missing'],
})
