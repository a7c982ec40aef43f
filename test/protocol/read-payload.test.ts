import { expect, test } from 'vitest'
import { readPayload } from '../../src/protocol/index.ts'

test.each([
  ['[DONE]', 'done'],
  ['{"choices":[]}', 'chunk'],
  ['{"id":"x"}', 'chunk'],
  ['{"error":null}', 'chunk'],
  ['{"error":{"message":"x"},"choices":[]}', 'chunk'],
  ['{"error":{"message":"x"}}', 'error'],
  ['{"error":"x"}', 'error'],
  ['', 'empty'],
  [' ', 'empty'],
  [': ping', 'comment'],
  ['[done]', 'almost-done'],
  ['"[DONE]"', 'almost-done'],
  ['[DONE] ', 'almost-done'],
  ['DONE', 'almost-done'],
  ['[]', 'not-an-object'],
  ['1', 'not-an-object'],
  ['null', 'not-an-object'],
  ['{', 'not-json'],
  ["{'a': None}", 'not-json'],
  ['{"a":NaN}', 'not-json'],
])('%j is %s', (data, kind) => {
  expect(readPayload(data).kind).toBe(kind)
})
