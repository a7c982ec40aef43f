import { defineCheck } from '../../check.ts'
import { editBody } from '../../mutate/index.ts'
import { WHATWG_SSE } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/bare-json-lines',
  title: 'JSON stands behind `data:`, not on bare lines',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'A line that starts with no known field is ignored', ...WHATWG_SSE },
  effect: 'Clients skip every such line without an error: the agent hears an empty answer.',
  fix: 'Write "data: " before each JSON object and a blank line after it (this is NDJSON, as of Ollama\'s own API).',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    const bare = stream.facts.filter(
      (fact) => fact.kind === 'unknown-field' && /^\s*[[{"]/.test(fact.line),
    )
    const unterminated = stream.facts.filter(
      (fact) => fact.kind === 'unterminated' && fact.dataLines === 0 && /^\s*[[{]/.test(fact.text),
    )
    for (const { first, count } of tally([...bare, ...unterminated])) {
      yield {
        message: `A line of JSON stands without "data:".`,
        count,
        expected: '"data: " before the JSON',
        at: first,
      }
    }
  },
  mutants: {
    ndjson: editBody((body) => body.replaceAll(/^data: /gm, '').replaceAll('\n\n', '\n')),
  },
  echoes: [
    'sse/unknown-field',
    'sse/done',
    'sse/event-terminated',
    'stream/no-chunks',
    'stream/cut-off',
  ],
})
