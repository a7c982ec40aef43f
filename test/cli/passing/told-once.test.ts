import { expect, test } from 'vitest'
import { ToldOnce } from '../../../src/cli/passing/told-once.ts'

test('what comes again is counted', () => {
  const told: string[] = []
  const once = new ToldOnce((message) => told.push(message))
  for (const message of ['refused', 'upgraded', 'refused', 'refused']) once.tell(message)
  expect(told.splice(0)).toEqual(['refused', 'upgraded'])
  once.tellCounts()
  expect(told).toEqual(['3 times: refused'])
})
