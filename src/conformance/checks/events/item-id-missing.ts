import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { AI_SDK, issue } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'
import type { ResponsesEvent } from '../../evidence/responses-evidence.ts'
import { OF_ITEM, WITHIN_ITEM } from './event-families.ts'

export default defineCheck({
  id: 'events/item-id-missing',
  title: 'Messages have an id, and the events within an item name it as `item_id`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Each delta must have an `item_id`; what does not fit the schema is dropped',
    ...AI_SDK,
    seenIn: issue('Oaklight/llm-rosetta', 86),
  },
  effect: 'The AI SDK loses the text, and the stream helper of openai-node throws.',
  fix: 'Give each item an id, and name it as `item_id` in the events of its parts, texts and arguments.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const nameless = evidence.responses.events.filter(isNameless)
    yield* onceFor(nameless, ({ event, type }) => ({
      message: OF_ITEM.test(type)
        ? `The message in an event of type ${type} has no id.`
        : `An event of type ${type} has no item_id.`,
      expected: OF_ITEM.test(type) ? 'the id of the item' : 'the id of its item as item_id',
      at: event,
      ...(OF_ITEM.test(type) && { path: '/item' }),
    }))
  },
  mutants: {
    'delta-no-item-id': editEach(WITHIN_ITEM, (event) => delete event.item_id),
    'item-no-id': editEach(OF_ITEM, ({ item }) => {
      if (item.type === 'message') delete item.id
    }),
  },
})

function isNameless({ type, json: { item, item_id: id } }: ResponsesEvent): boolean {
  if (OF_ITEM.test(type)) {
    // A call may do without.
    return isJsonObject(item) && item['type'] === 'message' && !isName(item['id'])
  }
  return WITHIN_ITEM.test(type) && !isName(id)
}

function isName(id: unknown): boolean {
  return typeof id === 'string' && id !== ''
}
