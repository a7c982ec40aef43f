import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonExcess } from '../../src/protocol/index.ts'

/** Levels, and values and keys. */
function extentOf(value: unknown): { depth: number; members: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, members: 1 }
  const inner = Object.values(value).map(extentOf)
  const keys = Array.isArray(value) ? 0 : inner.length
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    members: inner.reduce((sum, { members }) => sum + members, 1 + keys),
  }
}

test('what is within bounds, and only that, is within bounds', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(2), (text, indent) => {
      const json: unknown = JSON.parse(text)
      const { depth, members } = extentOf(json)
      const written = JSON.stringify(json, null, indent)
      // An array or object may be empty, which cannot be seen from its beginning.
      expect(jsonExcess(written, { depth, members: 2 * members })).toBeUndefined()
      if (depth > 0) {
        expect(jsonExcess(written, { depth: depth - 1, members: Infinity })).toBe('depth')
      }
    }),
  )
})

test.each([
  ['[1,2,3]', 4],
  ['{"a":1,"b":[2]}', 6],
  ['["a,b:[{\\"\\\\",1]', 3],
  ['"x"', 1],
])('counts the keys and values of %s', (text, members) => {
  expect(jsonExcess(text, { depth: 9, members })).toBeUndefined()
  expect(jsonExcess(text, { depth: 9, members: members - 1 })).toBe('members')
})

test.each(['["', '"\\', ']]]]', '[1,2', ''])('comes to an end on %j', (text) => {
  expect(jsonExcess(text, { depth: 9, members: 9 })).toBeUndefined()
})
