import { expect, test } from 'vitest'
import { pieceMask, secretMask } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { delta } from '../support/exchanges.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3'

function maskAfter(pieces: readonly string[]): (text: string) => string {
  const body = bytes(pieces.map((content) => delta({ content })).join(''))
  return pieceMask(body, secretMask([KEY]).body(body))
}

test('texts that quote pieces of a secret do not tell them', () => {
  const mask = maskAfter(KEY.match(/.{1,5}/g)!)
  expect(mask('calls "sk-4a" and Zq7+W, "**m/9xK**"')).toBe('calls "*****" and *****, "*********"')
})

test('what is shorter than a word is known where it is quoted', () => {
  const mask = maskAfter(Array.from(KEY))
  expect(mask('a "s", \\"k\\", k and "t"')).toBe('a "*", \\"*\\", k and "*"')
})

test('other words stay', () => {
  const mask = maskAfter(KEY.match(/.{1,4}/g)!)
  expect(mask('the task-4 of "sk-4" in "baZq7"')).toBe('the task-4 of "****" in "baZq7"')
  expect(maskAfter(['Hello', ' there'])('Hello there')).toBe('Hello there')
})
