import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/comment-as-data',
  title: 'Comments are not passed on as data',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A comment is a line that starts with a colon',
    ...WHATWG_SSE,
    seenIn: issue('mnfst/llm-gateway', 2053),
  },
  effect: 'Clients parse it as JSON, fail, and drop the rest of the answer.',
  fix: 'When you relay a stream, copy its bytes, or drop lines that start with a colon; do not prefix them with "data: ".',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ data }) {
    const comments = data.filter(({ payload }) => payload.kind === 'comment')
    yield* onceFor(comments, ({ event }) => ({
      message: 'A comment was sent as data.',
      expected: 'a line that starts with ":"',
      actual: `data: ${event.data}`,
      at: event,
    }))
  },
  mutants: { 'comment-as-data': insertMidway({ kind: 'event', atMs: 0, data: ': ping' }) },
})
