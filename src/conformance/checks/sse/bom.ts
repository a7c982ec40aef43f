import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { WHATWG_SSE } from '../../check/sources.ts'
import { editBody } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/bom',
  title: 'The stream has no byte order marks',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'One leading byte order mark is ignored; a second one becomes part of the first field',
    ...WHATWG_SSE,
  },
  effect: 'openai-python loses the first event; after a second mark, every client does.',
  fix: 'Encode as "utf-8", not as "utf-8-sig" or UTF-8 with BOM.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const mark = stream.facts.find(({ kind }) => kind === 'bom')
    const hidden = stream.facts
      .filter((fact) => fact.kind === 'unknown-field')
      .filter(({ name }) => name.startsWith('\uFEFF'))
    const doubled = hidden.some(({ bytes }) => mark?.bytes[1] === bytes[0])
    const later = hidden.filter(({ bytes }) => mark?.bytes[1] !== bytes[0])
    yield* onceFor(later, (first) => ({
      message: 'A byte order mark in the middle of the stream hides a field, so its event is lost.',
      expected: 'a field name at the start of the line',
      actual: first.line,
      at: first,
      severity: 'error',
    }))
    if (!mark) return
    yield {
      message: doubled
        ? 'The stream starts with two byte order marks, so its first event is lost.'
        : 'The stream starts with a byte order mark.',
      expected: 'a field name as the first bytes',
      actual: doubled ? 'EF BB BF EF BB BF' : 'EF BB BF',
      at: mark,
      severity: 'warning',
    }
  },
  mutants: {
    'bom-double': editBody((body) => `\uFEFF\uFEFF${body}`),
    'bom-single': editBody((body) => `\uFEFF${body}`),
  },
  echoes: ['chunk/role-sent'],
})
