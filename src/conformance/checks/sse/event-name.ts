import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { editFrames, insertMidway } from '../../faults/index.ts'

const USUAL = [undefined, 'message', 'error']

export default defineCheck({
  id: 'sse/event-name',
  title: 'Chunks have no event name',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'An event with a name is dispatched under that name, not as a message',
    ...WHATWG_SSE,
    seenIn: issue('diegosouzapw/OmniRoute', 1146),
  },
  effect:
    'Clients that listen for `message` never see a named event; others may parse it as a chunk.',
  fix: 'Leave out the "event:" line, and send keep-alives as comments.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const named = stream.events.filter(({ name }) => !USUAL.includes(name))
    yield* onceFor(named, (first) => ({
      message: `An event is named "${first.name}".`,
      expected: 'no "event:" field, except "error" for an error',
      actual: `event: ${first.name}`,
      at: first,
    }))
  },
  mutants: {
    'event-named': editFrames((frames) =>
      frames.map((frame) => (frame.kind === 'event' ? { ...frame, event: 'chunk' } : frame)),
    ),
    'event-keepalive': insertMidway({ kind: 'event', atMs: 0, event: 'keepalive', data: '{}' }),
  },
  echoes: ['chunk/choices-present'],
})
