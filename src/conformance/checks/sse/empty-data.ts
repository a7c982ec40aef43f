import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/empty-data',
  title: 'No event has empty data',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'An empty "data:" field still dispatches an event',
    ...WHATWG_SSE,
    seenIn: issue('ericc-ch/copilot-api', 88),
  },
  effect: 'JSON.parse("") throws: the official OpenAI clients end the stream with an error.',
  fix: 'Keep the connection alive with a comment, ": ping", not with an empty event.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ data }) {
    const empty = data.filter(({ payload }) => payload.kind === 'empty')
    yield* onceFor(empty, ({ event }) => ({
      message: 'An event has empty data.',
      expected: 'a chunk, or a comment',
      at: event,
    }))
  },
  mutants: { 'ping-empty-data': insertMidway({ kind: 'event', atMs: 0, data: '' }) },
})
