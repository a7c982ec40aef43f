import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editData } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/multi-line-data',
  title: 'A chunk stands on one line',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Several data lines are joined with newlines; readers that work line by line do not join them',
    ...github('SamSaffron/term-llm', 454),
  },
  effect: 'A reader that parses each "data:" line by itself fails on the first one.',
  fix: 'Serialise chunks without indentation.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    for (const { first, count } of tally(stream.events.filter(({ dataLines }) => dataLines > 1))) {
      yield {
        message: `The data of an event is spread over ${first.dataLines} lines.`,
        count,
        expected: 'one "data:" line an event',
        at: first,
      }
    }
  },
  mutants: {
    'pretty-json': editData((data) =>
      data === DONE ? data : JSON.stringify(JSON.parse(data), null, 2),
    ),
  },
})
