import { defineCheck } from '../../check.ts'
import { insertMidway } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/unknown-field',
  title: 'Fields are named data, event, id or retry',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A field with another name is ignored: nobody reads it',
    ...github('ggml-org/llama.cpp', 16109),
  },
  effect: 'What it says, often an error, never reaches the client: the answer just stops.',
  fix: 'Put it into the data of an event: data: {"error": {...}}.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    const unknown = stream.facts
      .filter((fact) => fact.kind === 'unknown-field')
      .filter((fact) => !/^(?:\s*[[{"]|\uFEFF)/.test(fact.line))
    for (const { first, count } of tally(unknown)) {
      const carriesJson = /: ?[[{]/.test(first.line)
      yield {
        message: carriesJson
          ? `A field named "${first.name}" carries JSON that no client sees.`
          : `A line is no field that clients know.`,
        count,
        expected: 'data, event, id or retry, or a comment that starts with a colon',
        actual: first.line.slice(0, 200),
        at: first,
        severity: carriesJson ? 'error' : 'warning',
      }
    }
  },
  mutants: {
    'error-field': insertMidway({
      kind: 'bytes',
      atMs: 0,
      bytes: 'error: {"code": 500, "message": "out of memory"}\n\n',
    }),
  },
})
