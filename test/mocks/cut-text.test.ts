import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutText } from '../../src/protocol/chat/write/cut-text.ts'

test('cuts at words, with the space before them', () => {
  expect(cutText('Well, that  works.\n')).toEqual(['Well', ',', ' that', '  works', '.', '\n'])
})

test('the pieces are the text, and no grapheme is split', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const pieces = cutText(text)
      expect(pieces.join('')).toBe(text)
      const boundaries = new Set([...graphemes.segment(text)].map(({ index }) => index))
      let at = 0
      for (const piece of pieces) {
        expect(boundaries).toContain(at)
        at += piece.length
      }
    }),
  )
})

test('ASCII is cut as it is beside other scripts', () => {
  const ascii = fc.oneof(
    { arbitrary: fc.constantFrom(...Array.from(`a1_ '.:,;"\r\n\t`)), weight: 9 },
    { arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 1 }), weight: 1 },
  )
  fc.assert(
    fc.property(fc.array(ascii, { maxLength: 20 }), (characters) => {
      const text = characters.join('')
      expect(cutText(`${text}x é`)).toEqual([...cutText(`${text}x`), ' é'])
    }),
    { numRuns: 3000 },
  )
})
