import { expect, test } from 'vitest'
import { locateInJson } from '../../src/report/text/locate-in-json.ts'

const json = '{"choices": [{"delta": {"a/b": 1}}], "10": true}'

test.each([
  ['/choices', '[{'],
  ['/choices/0/delta', '{"a/b"'],
  ['/choices/0/delta/a~1b', '1}'],
  ['/choices/0/delta/missing', '{"a/b"'],
  ['/choices/7', '[{'],
  ['', '{"choices"'],
])('%s', (pointer, start) => {
  expect(json.slice(locateInJson(json, pointer), undefined).startsWith(start)).toBe(true)
})

test('finds nothing in nothing', () => {
  expect(locateInJson('', '/a')).toBeUndefined()
})
