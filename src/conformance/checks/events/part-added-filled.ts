import { isJsonObject, type Json, type OutputItem } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import type { ResponsesEvent } from '../../evidence/responses-evidence.ts'
import { editEvents } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/part-added-filled',
  title: 'Items and parts are announced empty where deltas fill them',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'What is added is empty; deltas hold all of its text',
    ...RESPONSES_EVENTS,
    seenIn: issue('abetlen/llama-cpp-python', 2285),
  },
  effect: 'Clients that begin with what was announced say its first words twice.',
  fix: 'Announce parts with `"text": ""` and calls with `"arguments": ""`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { items, events } = evidence.responses
    const filled = items.flatMap((item) => filledIn(item, events))
    yield* onceFor(filled, ({ event, path, value }) => ({
      message: `What deltas fill was announced with ${showJson(value)} in it.`,
      expected: '""',
      actual: showJson(value),
      ...evidence.where({ event, path }),
    }))
  },
  mutants: {
    'part-added-with-text': editEvents((events) => {
      for (const [i, event] of events.entries()) {
        if (event.type !== 'response.content_part.added') continue
        event.part.text = events[i + 1].delta
      }
      return events
    }),
    'item-added-with-arguments': editEvents((events) => {
      for (const [i, event] of events.entries()) {
        if (event.item?.arguments === '') event.item.arguments = events[i + 1].delta
      }
      return events
    }),
  },
})

function filledIn({ added, call, parts }: OutputItem, events: readonly ResponsesEvent[]) {
  const filled: { event: number; path: string; value: Json }[] = []
  const args = added?.item['arguments'] ?? ''
  if (added && call && call.deltas > 0 && args !== '') {
    filled.push({ event: added.event, path: '/item/arguments', value: args })
  }
  for (const { kind, text, added: event } of parts) {
    if (kind !== 'text' || text === '' || event === undefined) continue
    const part = events.find((each) => each.event.index === event)?.json['part']
    const told = isJsonObject(part) ? (part['text'] ?? '') : ''
    if (told !== '') filled.push({ event, path: '/part/text', value: told })
  }
  return filled
}
