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
