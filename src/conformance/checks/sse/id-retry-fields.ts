import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/id-retry-fields',
  title: 'The stream has no `id:` or `retry:` fields',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Both fields serve reconnection; an answer to a POST is never resumed',
    ...WHATWG_SSE,
    seenIn: issue('openai/openai-python', 2722),
  },
  effect: 'openai-python takes a comment or blank line after an id for an empty event, and raises.',
  fix: 'Leave both fields out (EventSourceResponse of sse-starlette: pass neither id nor retry).',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const fields = stream.facts.filter((fact) => fact.kind === 'field')
    yield* onceFor(fields, (first) => ({
      message: `The stream has the field "${first.name}:".`,
      expected: 'data and comments only',
      actual: `${first.name}: ${first.value}`,
      at: first,
    }))
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
