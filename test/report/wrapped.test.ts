import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { lint } from '../../src/conformance/index.ts'
import { escapeText } from '../../src/wire/index.ts'
import { reporters } from '../../src/report/index.ts'
import { wrapped } from '../../src/report/terminal/wrapped.ts'
import { bytes } from '../support/bytes.ts'
import { contextOf } from '../support/report-context.ts'

const style = { width: 24, color: true }

/** All that a normal form would replace, each within a word of its own. */
const UNSTABLE = Array.from({ length: 0x11_00_00 }, (_, code) => String.fromCodePoint(code)).filter(
  (char) => ['NFC', 'NFD', 'NFKC', 'NFKD'].some((form) => char.normalize(form) !== char),
)

test('no character becomes another', () => {
  const text = escapeText([...UNSTABLE, '<\u0338', 'e\u0301', '\u1100\u1161'].join('x '))
  expect(wrapped(text, 0, style).join(' ')).toBe(text)
})

test('any text is what it was but for blanks at its ends and where it is broken', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  )
  fc.assert(
    fc.property(fc.array(word), fc.nat(9), (words, indent) => {
      const text = escapeText(words.join(' '))
      const lines = wrapped(text, indent, style)
      expect(lines.every((line) => line.startsWith(' '.repeat(indent)))).toBe(true)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})

test('wide characters and colours take the room that they take', () => {
  const text = `\x1b[1m${'咖'.repeat(11)}\x1b[22m ${'👩‍🍳'.repeat(30)}`
  const lines = wrapped(text, 3, style)
  expect(lines.map((line) => stringWidth(line))).toEqual([23, 24, 23, 23, 5])
  expect(lines[0]).toBe(`   \x1b[1m${'咖'.repeat(10)}\x1b[22m`)
})

test.each(['स्त्री और राष्ट्रीय ', 'শ্রদ্ধা ও স্ত্রী ', 'స్త్రీ ', 'می‌خواهم '])('%s', (text) => {
  const lines = wrapped(text.repeat(40), 2, { width: 60, color: false })
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(60)
  expect(lines.map((line) => line.trim()).join(' ')).toBe(text.repeat(40).trim())
})

test.each(['terminal', 'junit', 'tap', 'markdown'] as const)('%s shows what was sent', (name) => {
  const sent = 'K\u212A;\u037E`\u1FEF <\u0338 \u0915\u093C\u0958'
  const chunk = {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: { content: 'Hi.' }, finish_reason: sent }],
  }
  const body = bytes(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
  const report = lint([{ file: 'a', body }], { only: ['stream/finish-reason-value'] })
  const text = reporters[name](report, contextOf())
  expect(text).toContain('K\u212A;\u037E')
  expect(text).not.toContain('KK;;')
})
