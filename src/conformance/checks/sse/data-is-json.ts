import { DONE } from '../../../protocol/index.ts'
import type { Tamper } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editData } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/data-is-json',
  title: 'Every payload except `[DONE]` is one JSON object',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Each event carries one chat completion chunk object',
    ...OPENAI_CHUNK,
    seenIn: issue('anomalyco/opencode', 25_858),
  },
  wordsIn: {
    responses: {
      requirement: {
        text: 'Each event carries one JSON object, which says its type',
        ...RESPONSES_EVENTS,
        seenIn: issue('anomalyco/opencode', 25_858),
      },
      fix: 'Serialize every event with a JSON library (json.dumps, JSON.stringify), one object each; never with str() or an f-string.',
    },
  },
  effect: 'Clients fail with a syntax error and drop the rest of the answer.',
  fix: 'Serialize every chunk with a JSON library (json.dumps, JSON.stringify), one per event; never with str() or an f-string.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ data }) {
    const end = data.findIndex(({ payload }) => payload.kind === 'done')
    const read = end < 0 ? data : data.slice(0, end)
    const broken = read.flatMap(({ event, payload }) => {
      if (payload.kind === 'not-json') return { event, what: 'not JSON', actual: payload.reason }
      if (payload.kind !== 'not-an-object') return []
      return { event, what: 'JSON, but not an object', actual: event.data }
    })
    yield* onceFor(broken, ({ event, what, actual }) => ({
      message: `The data of an event is ${what}.`,
      expected: 'one JSON object',
      actual,
      at: event,
      ...(event.data.startsWith('data:') && DOUBLED),
    }))
  },
  mutants: {
    'json-truncated': editSpokenData((data) => data.slice(0, -2)),
    'data-doubled': editData((data) => `data: ${data}`),
    'json-glued': editSpokenData((data) => data + data),
    'json-nan': editSpokenData((data) => data.replace(/"(created|output_index)":\d+/, '"$1":NaN')),
    'json-python': editSpokenData((data) => data.replaceAll('"', "'").replaceAll('null', 'None')),
  },
  echoes: [
    'sse/multi-line-data',
    'stream/no-chunks',
    'stream/empty-reply',
    'stream/text-without-delta',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

/** What an endpoint does whose framework writes the field, too. */
const DOUBLED = {
  message: 'The data of an event begins with "data:" once more, so it is not JSON.',
  fix: 'Pass on the JSON alone: what writes your events (EventSourceResponse, SseEmitter) adds "data: " itself.',
}

const SPOKEN = /"content":"[^"]|"type":"response\.output_text\.delta"/

/** Edits the data of events that carry text, so that the rest of the stream stays whole. */
function editSpokenData(edit: (data: string) => string): Tamper {
  return editData((data) => (data !== DONE && SPOKEN.test(data) ? edit(data) : data))
}
