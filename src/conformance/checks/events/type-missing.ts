import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'
import { isChatChunk } from './is-chat-chunk.ts'
import { ALL_BUT_TYPES } from './all-but-types.ts'

export default defineCheck({
  id: 'events/type-missing',
  title: 'Every event says in its data what it is',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The type of the event, such as `response.output_text.delta`',
    ...RESPONSES_EVENTS,
    seenIn: issue('ranxianglei/billion-context', 549),
  },
  effect: 'Clients look at `type` alone: they skip the event, and the caller hears nothing.',
  fix: 'Write `"type"` into the data of each event, too, not only after `event:`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const untyped = evidence.responses.read.flatMap(({ event, payload }) =>
      payload.kind === 'untyped' && !isOtherwiseTold(payload.json)
        ? { event, json: payload.json }
        : [],
    )
    yield* onceFor(untyped, ({ event, json }) => ({
      message: 'The data of an event has no type.',
      expected: `"type": "${event.name ?? 'response.output_text.delta'}"`,
      actual: showJson(json),
      at: event,
    }))
  },
  mutants: {
    'event-no-type': editEach(/./, (event) => delete event.type),
  },
  echoes: [...ALL_BUT_TYPES, 'stream/cut-off', 'stream/no-chunks', 'stream/empty-reply'],
})

/** An error may come as it is, and chunks are of another API: others tell of these. */
function isOtherwiseTold(json: JsonObject): boolean {
  return (json['error'] ?? null) !== null || isChatChunk(json)
}
