import { expect, test } from 'vitest'
import { Recent } from '../../src/wire/recent.ts'

test('what was used least recently is forgotten first', () => {
  const recent = new Recent<string, number>(2)
  recent.set('a', 1)
  recent.set('b', 2)
  recent.get('a')
  recent.set('c', 3)
  expect([...recent.keys()]).toEqual(['a', 'c'])
  expect(recent.get('b')).toBeUndefined()
})
