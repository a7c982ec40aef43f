import { defineCheck } from '../../check.ts'
import { editBody } from '../../mutate/index.ts'
import { WHATWG_SSE } from '../../sources.ts'

export default defineCheck({
  id: 'sse/bom',
  title: 'The stream does not start with a byte order mark',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'One leading byte order mark is ignored; a second one is part of the first field',
    ...WHATWG_SSE,
  },
  effect: 'openai-python loses the first event; after a second mark, every client does.',
  fix: 'Encode as "utf-8", not as "utf-8-sig" or UTF8 with identifier.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream }) {
    const mark = stream.facts.find(({ kind }) => kind === 'bom')
    if (!mark) return
    const doubled = stream.facts.some(
      (fact) => fact.kind === 'unknown-field' && fact.name.startsWith('\uFEFF'),
    )
    yield {
      message: doubled
        ? 'The stream starts with two byte order marks, so its first event is lost.'
        : 'The stream starts with a byte order mark.',
      expected: 'a first byte that belongs to a field',
      actual: doubled ? 'EF BB BF EF BB BF' : 'EF BB BF',
      at: mark,
    }
  },
  mutants: {
    'bom-double': editBody((body) => `\uFEFF\uFEFF${body}`),
    'bom-single': editBody((body) => `\uFEFF${body}`),
  },
  echoes: ['chunk/role-sent'],
})
