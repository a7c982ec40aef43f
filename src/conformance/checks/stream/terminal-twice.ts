import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { RESPONSES_EVENTS } from '../../check/sources.ts'
import { type Draft, editEvents, renumbered } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/terminal-twice',
  title: 'A response ends once',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Emitted when the response is complete: one of response.completed, response.incomplete and response.failed',
    ...RESPONSES_EVENTS,
  },
  effect:
    'Clients go by the first one, or by the last: some take a reply that failed for a whole one.',
  fix: 'Send one of the three, and nothing after it. An `error` event may come before response.failed.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const [first, ...others] = evidence.responses.terminals
    yield* onceFor(others, ({ event, type }) => ({
      message: `${type} came after ${first!.type}.`,
      expected: 'one event that ends the response',
      ...evidence.where({ event, path: '/type' }),
    }))
  },
  mutants: {
    'completed-twice': editEvents((events) =>
      renumbered([...events, structuredClone(events.at(-1))]),
    ),
    'failed-then-completed': editEvents((events) =>
      renumbered(events.toSpliced(-1, 0, failed(events.at(-1)))),
    ),
  },
  echoes: ['errors/error-in-200', 'events/after-terminal', 'stream/completed-output'],
})

function failed({ response }: Draft): Draft {
  const error = { code: 'server_error', message: 'The model is overloaded.' }
  return {
    type: 'response.failed',
    sequence_number: 0,
    response: { ...response, status: 'failed', error },
  }
}
