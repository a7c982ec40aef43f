import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeText } from '../../src/wire/index.ts'

test.each([
  ['\x1b[31mred\x1b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
  ['line\r\nbreak\ttab', 'line\\r\\nbreak\\ttab'],
  ['\u202Eevil\u2066', '\\u{202e}evil\\u{2066}'],
  ['zero\u200Bwidth\uFEFF', 'zero\\u{200b}width\\u{feff}'],
  ['half \uD83C', 'half \\u{d83c}'],
  ['👩‍🍳 crème 咖啡', '👩‍🍳 crème 咖啡'],
  ['🏳️‍🌈 👩🏽‍🚀 葛󠄀', '🏳️‍🌈 👩🏽‍🚀 葛󠄀'],
  ['é\u{E0100}\u{E0100}é\u200D\u200D', 'é\u{E0100}\\u{e0100}é\u200D\\u{200d}'],
  ['می\u200Cخواهم a\u200Cb', 'می\u200Cخواهم a\\u{200c}b'],
  ['\u202E\uFE0F\u200B\u200D', '\\u{202e}\\u{fe0f}\\u{200b}\\u{200d}'],
  ['\uFFFE\uFFFF\u{1FFFE}\uFDD0\uFFFD', '\\u{fffe}\\u{ffff}\\u{1fffe}\\u{fdd0}\uFFFD'],
  ['::add-mas\u212A\\u{3a}:', '\\u{3a}:add-mas\u212A\\u{3a}:'],
  ['http://[::1]:80 [fe80::a] a::b', 'http://[::1]:80 [fe80::a] a\\u{3a}:b'],
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
