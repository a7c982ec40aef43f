import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { editFrames } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/id-retry-fields',
  title: 'The stream has no `id:` or `retry:` fields',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'A stream that answers one POST is never resumed, so these fields mean nothing',
    ...github('openai/openai-python', 2722),
  },
  effect: 'openai-python takes a comment or blank line after an id for an empty event, and raises.',
  fix: 'Leave both fields out (EventSourceResponse of sse-starlette: pass neither id nor retry).',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    const fields = stream.facts.filter((fact) => fact.kind === 'field')
    for (const { first, count } of tally(fields)) {
      yield {
        message: `A "${first.name}:" field was sent.`,
        count,
        expected: 'data and comments only',
        actual: `${first.name}: ${first.value.slice(0, 80)}`,
        at: first,
      }
    }
  },
  mutants: {
    'id-and-comment': editFrames((frames) =>
      frames.flatMap((frame, i): Frame | Frame[] =>
        frame.kind === 'event'
          ? [
              { ...frame, id: String(i) },
              { kind: 'comment', atMs: 0, text: 'ping' },
            ]
          : frame,
      ),
    ),
  },
})
