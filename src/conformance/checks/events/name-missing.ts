import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/name-missing',
  title: 'Every event has an `event:` line',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Each event is formatted as `event: {type}`, then `data: {json}`',
    ...ELEVENLABS,
    seenIn: issue('ranxianglei/billion-context', 549),
  },
  effect: 'Clients that go by `event:` see nothing. OpenAI SDKs read the data alone.',
  fix: 'Write `event: `, the type of the event, and a line feed before each `data:` line.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { events } = evidence.responses
    const nameless = events.filter(({ event }) => event.name === undefined)
    yield* onceFor(nameless, ({ event, type }) => ({
      message: `An event of type ${type} has no event: line.`,
      expected: `event: ${type}`,
      at: event,
    }))
  },
  mutants: {
    'event-name-absent': editFrames((frames) =>
      frames.map((frame): Frame => (frame.kind === 'event' ? withoutName(frame) : frame)),
    ),
  },
})

function withoutName({ kind, atMs, data }: Extract<Frame, { kind: 'event' }>): Frame {
  return { kind, atMs, data }
}
