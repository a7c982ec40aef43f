import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEvents } from '../../faults/index.ts'
import { isChatChunk } from './is-chat-chunk.ts'
import { ALL_BUT_TYPES } from './all-but-types.ts'

export default defineCheck({
  id: 'events/chat-chunks',
  title: 'A stream of the Responses API has no chunks of chat completions',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A stream is made of events that have a type',
    ...RESPONSES_EVENTS,
    seenIn: issue('vllm-project/semantic-router', 542),
  },
  effect: 'Clients find no event that they know: the caller hears nothing, and nothing says why.',
  fix: 'Answer at /responses with events of that API, or let clients ask at /chat/completions.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const chunks = evidence.responses.read.filter(
      ({ payload }) => payload.kind === 'untyped' && isChatChunk(payload.json),
    )
    yield* onceFor(chunks, ({ event }) => ({
      message: 'The stream has chunks of chat completions.',
      expected: 'events such as response.output_text.delta',
      actual: event.data,
      at: event,
    }))
  },
  mutants: {
    'chat-chunks': editEvents((events) => [
      ...events
        .filter(({ type }) => type === 'response.output_text.delta')
        .map(({ delta }) => chunk({ content: delta })),
      chunk({}, 'stop'),
    ]),
  },
  echoes: [...ALL_BUT_TYPES, 'stream/cut-off', 'stream/no-chunks', 'stream/empty-reply'],
})

function chunk(delta: object, reason: string | null = null) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: 'custom-model',
    choices: [{ index: 0, delta, finish_reason: reason }],
  }
}
