import { expect, test } from 'vitest'
import { clip } from '../../src/wire/index.ts'

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc…'],
  ['a😀b', 3, 'a😀…'],
  ['a😀b', 2, 'a…'],
  ['😀', 1, '…'],
])('%s to %i: %s', (text, length, clipped) => {
  expect(clip(text, length)).toBe(clipped)
})

test('the mark may be another, or none', () => {
  expect(clip('a😀b', 2, '')).toBe('a')
})
