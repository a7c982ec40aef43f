import { expect, test } from 'vitest'
import { parseJsonOrThrow } from '../../src/protocol/index.ts'

test.each([
  ['hello', "Unexpected token 'h'"],
  ['user:pass/word', "Unexpected token 'u'"],
  [`{"key": ${' '.repeat(50)}secret${' '.repeat(50)}}`, "Unexpected token 's'"],
  ['{"a":1,,"b"}', /^Expected double-quoted property name/],
  ['', 'Unexpected end of JSON input'],
])('what is wrong with %j is said without its words', (text, message) => {
  expect(() => parseJsonOrThrow(text)).toThrow(message)
  expect(() => parseJsonOrThrow(text)).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/hello|pass|secret/) }),
  )
})
