import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { editData } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/multi-line-data',
  title: 'Each payload is on a single `data:` line',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Several data lines are joined with newlines: legal, but readers that work line by line do not join them',
    ...WHATWG_SSE,
    seenIn: issue('SamSaffron/term-llm', 454),
  },
  effect: 'A reader that parses each "data:" line by itself fails on the first one.',
  fix: 'Serialize payloads without indentation.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const spread = stream.events.filter(({ dataLines }) => dataLines > 1)
    yield* onceFor(spread, (first) => ({
      message: `The data of an event is spread over ${first.dataLines} lines.`,
      expected: 'one "data:" line per event',
      at: first,
    }))
  },
  mutants: {
    'pretty-json': editData((data) =>
      data === DONE ? data : JSON.stringify(JSON.parse(data), null, 2),
    ),
  },
})
