import { defineCheck } from '../../check/define-check.ts'
import { isLineOfCurl } from './is-line-of-curl.ts'
import { onceFor } from '../../observe/once-for.ts'
import { WHATWG_SSE } from '../../check/sources.ts'
import { editBody } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/bare-json-lines',
  title: 'JSON is sent in `data:` fields, not on bare lines',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'A line that starts with an unknown field name is ignored', ...WHATWG_SSE },
  effect: 'Clients silently skip every such line: the answer is empty.',
  fix: 'Write "data: " before each JSON object and a blank line after it (this is NDJSON, as in Ollama\'s native API).',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const bare = stream.facts.filter(
      (fact) =>
        (fact.kind === 'unknown-field' &&
          /^\s*[[{"]/.test(fact.line) &&
          !isLineOfCurl(fact.line)) ||
        (fact.kind === 'unterminated' && fact.dataLines === 0 && /^\s*[[{]/.test(fact.text)),
    )
    yield* onceFor(bare, (first) => ({
      message: 'A line of JSON is not in a "data:" field.',
      expected: '"data: " before the JSON',
      at: first,
    }))
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
