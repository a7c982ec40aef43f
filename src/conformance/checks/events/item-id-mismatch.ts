import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import type { ResponsesEvent } from '../../evidence/responses-evidence.ts'
import { editEach } from '../../faults/index.ts'
import { OF_ITEM, WITHIN_ITEM } from './event-families.ts'

export default defineCheck({
  id: 'events/item-id-mismatch',
  title: 'The events of an item name the id with which it was announced',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The ID of the output item that the text delta was added to',
    ...RESPONSES_EVENTS,
    seenIn: issue('BerriAI/litellm', 19_125),
  },
  effect:
    'Clients that join by id lose what they cannot place ("text part ... not found"), and openai-node\'s stream helper throws.',
  fix: 'Make the id of an item once, when it begins, and use it in all of its events. GitHub Copilot is known to make a new one for each event.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    yield* onceFor(misnamed(evidence.responses.events), ({ event, id, announced, path }) => ({
      message: `The item that was announced as ${showJson(announced)} is called ${showJson(id)}.`,
      expected: announced,
      actual: id,
      at: event,
      path,
    }))
  },
  mutants: {
    'item-id-per-event': editEach(/./, (event, i) => {
      if ('item_id' in event) event.item_id = `msg_${i}`
      if (event.item) event.item.id = `msg_${i}`
    }),
    'item-id-changes-at-done': editEach(/\.output_item\.done$/, ({ item }) => (item.id += '_done')),
  },
  echoes: ['events/item-id-unique', 'stream/completed-output'],
})

/** What is told of an index, after an item was announced there. */
function* misnamed(events: readonly ResponsesEvent[]) {
  const ids = new Map<unknown, string>()
  for (const { event, type, json } of events) {
    const { output_index: index, item, item_id: told } = json
    const isAnnounced = type === 'response.output_item.added'
    const isItem = OF_ITEM.test(type)
    if (!isItem && !WITHIN_ITEM.test(type)) continue
    const id = isItem ? (isJsonObject(item) ? item['id'] : undefined) : told
    const announced = ids.get(index)
    if (isAnnounced) {
      if (typeof id === 'string') ids.set(index, id)
      else ids.delete(index)
    } else if (announced !== undefined && typeof id === 'string' && id !== announced) {
      yield { event, id, announced, path: isItem ? '/item/id' : '/item_id' }
    }
  }
}
