import { defineCheck } from '../../check.ts'
import { insertMidway } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/comment-as-data',
  title: 'Comments are not passed on as data',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A comment starts with a colon at the beginning of its line',
    ...github('mnfst/llm-gateway', 2053),
  },
  effect: 'Clients read it as JSON, fail, and drop the rest of the answer.',
  fix: 'When you pass a stream on, copy its bytes, or drop lines that start with a colon; do not put "data: " before them.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ data }) {
    for (const { first, count } of tally(
      data.filter(({ payload }) => payload.kind === 'comment'),
    )) {
      yield {
        message: `A comment was sent as data.`,
        count,
        expected: 'a line that starts with ":"',
        actual: `data: ${first.event.data.slice(0, 80)}`,
        at: first.event,
      }
    }
  },
  mutants: { 'comment-as-data': insertMidway({ kind: 'event', atMs: 0, data: ': ping' }) },
})
