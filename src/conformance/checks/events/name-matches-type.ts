import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPEN_RESPONSES } from '../../check/sources.ts'
import { editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/name-matches-type',
  title: 'The `event:` line of an event names the type in its data',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The event field MUST match the type in the event body',
    ...OPEN_RESPONSES,
  },
  effect:
    'Clients that go by `event:` miss what they wait for; one called `error` makes openai-node throw, whatever its data says.',
  fix: 'Write the same word after `event:` and as `"type"`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { events } = evidence.responses
    const misnamed = events.filter(({ event, type }) => (event.name ?? type) !== type)
    for (const severity of ['error', 'warning'] as const) {
      const alike = misnamed.filter(
        ({ event }) => (event.name === 'error') === (severity === 'error'),
      )
      yield* onceFor(alike, ({ event, type }) => ({
        message: `An event of type ${showJson(type)} is called ${showJson(event.name)}.`,
        expected: `event: ${type}`,
        actual: `event: ${event.name}`,
        at: event,
        severity,
      }))
    }
  },
  mutants: {
    'event-name-message': callEach('message'),
    'event-name-error': callEach('error'),
  },
})

function callEach(event: string) {
  return editFrames((frames) =>
    frames.map((frame): Frame => (frame.kind === 'event' ? { ...frame, event } : frame)),
  )
}
