import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeText } from '../../src/report/escape-text.ts'

test.each([
  ['\x1b[31mred\x1b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
  ['line\r\nbreak\ttab', 'line\\r\\nbreak\\ttab'],
  ['\u202Eevil\u2066', '\\u{202e}evil\\u{2066}'],
  ['zero\u200Bwidth\uFEFF', 'zero\\u{200b}width\\u{feff}'],
  ['half \uD83C', 'half \\u{d83c}'],
  ['👩‍🍳 crème 咖啡', '👩‍🍳 crème 咖啡'],
])('%j', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped)
})

test('nothing that moves a cursor is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeText(text)).not.toMatch(
        /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
      )
    }),
  )
})
