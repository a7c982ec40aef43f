import { defineCheck } from '../../check.ts'
import { editFrames, insertMidway } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/event-name',
  title: 'Chunks carry no event name',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Completion chunks are plain messages; only an error may be named so',
    ...github('diegosouzapw/OmniRoute', 1146),
  },
  effect:
    'A client that listens for messages never sees a named event; one that does not may read it as a chunk.',
  fix: 'Leave out the "event:" line; keep alive with comments.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    const named = stream.events.filter(
      ({ name }) => name !== undefined && name !== 'message' && name !== 'error',
    )
    for (const { first, count } of tally(named)) {
      yield {
        message: `An event is named "${first.name}".`,
        count,
        expected: 'no "event:" field',
        actual: `event: ${first.name}`,
        at: first,
      }
    }
  },
  mutants: {
    'event-named': editFrames((frames) =>
      frames.map((frame) => (frame.kind === 'event' ? { ...frame, event: 'chunk' } : frame)),
    ),
    'event-keepalive': insertMidway({ kind: 'event', atMs: 0, event: 'keepalive', data: '{}' }),
  },
  echoes: ['chunk/choices-present'],
})
