import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'
import { DELTA } from './event-families.ts'

export default defineCheck({
  id: 'events/delta-string',
  title: 'The `delta` of an event is a string',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The text delta that was added: a string',
    ...RESPONSES_EVENTS,
  },
  effect: 'The caller hears nothing, or "[object Object]".',
  fix: 'Write the text itself: `"delta": "Hello"`, not `"delta": {"text": "Hello"}`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const odd = evidence.responses.events.filter(
      ({ type, json }) => DELTA.test(type) && typeof json['delta'] !== 'string',
    )
    yield* onceFor(odd, ({ event, type, json: { delta } }) => ({
      message:
        delta === undefined
          ? `An event of type ${type} has no delta.`
          : `The delta of an event of type ${type} is no string.`,
      expected: 'a string',
      ...(delta !== undefined && { actual: showJson(delta) }),
      at: event,
      ...(delta !== undefined && { path: '/delta' }),
    }))
  },
  mutants: {
    'delta-object': editEach(/\.output_text\.delta$/, (event) => {
      event.delta = { text: event.delta }
    }),
  },
  echoes: ['stream/empty-reply', 'stream/text-without-delta', 'stream/text-matches-done'],
})
