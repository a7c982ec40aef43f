import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_NODE_STREAMING } from '../../check/sources.ts'
import { insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/empty-data',
  title: 'No event has empty data',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The client parses the data of every event as JSON, also of one that has only a name',
    ...OPENAI_NODE_STREAMING,
    seenIn: issue('diegosouzapw/OmniRoute', 1146),
  },
  effect:
    'The official OpenAI clients end the stream with an error ("malformed server-sent event JSON"), and the rest of the reply is lost.',
  fix: 'Keep the connection alive with a comment, ": ping", not with an empty event.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ data, done, stream }) {
    const empty = data.filter(({ payload }) => payload.kind === 'empty')
    yield* onceFor(empty, ({ event }) => ({
      message: 'An event has empty data.',
      expected: 'a chunk, or a comment',
      at: event,
    }))
    // Clients stop reading at [DONE].
    const end = done?.bytes[0] ?? Infinity
    const bare = stream.facts.flatMap((fact) =>
      fact.kind === 'no-data' && fact.bytes[0] < end ? fact : [],
    )
    const named = bare.filter(({ name }) => name !== undefined)
    yield* onceFor(named, (first) => ({
      message: `An event is named "${first.name}" and has no data.`,
      expected: 'a chunk, or a comment',
      at: first,
    }))
    const nameless = bare.filter(({ name }) => name === undefined)
    yield* onceFor(nameless, (first) => ({
      message:
        'An event has an id or a retry alone, and no data: openai-python raises, openai-node passes over it.',
      expected: 'a chunk, or a comment',
      at: first,
      fix: 'Leave id and retry out: an answer to a POST is never resumed.',
      severity: 'warning',
    }))
  },
  mutants: {
    'ping-empty-data': insertMidway({ kind: 'event', atMs: 0, data: '' }),
    'ping-no-data': insertMidway({ kind: 'bytes', atMs: 0, bytes: 'event: ping\n\n' }),
  },
})
