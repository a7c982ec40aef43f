import { defineCheck } from '../../check.ts'
import { insertMidway } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/empty-data',
  title: 'No event has empty data',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'An empty "data:" still dispatches an event, and its data is not JSON',
    ...github('ericc-ch/copilot-api', 88),
  },
  effect: 'JSON.parse("") throws: the official OpenAI clients end the stream with an error.',
  fix: 'Keep the connection alive with a comment, ": ping", not with an empty event.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ data }) {
    for (const { first, count } of tally(data.filter(({ payload }) => payload.kind === 'empty'))) {
      yield {
        message: `An event has empty data.`,
        count,
        expected: 'a chunk, or a comment',
        at: first.event,
      }
    }
  },
  mutants: { 'ping-empty-data': insertMidway({ kind: 'event', atMs: 0, data: '' }) },
})
