import { expect, test } from 'vitest'
import { KeptExchanges } from '../../../src/cli/passing/kept-exchanges.ts'
import { exchangeOf } from '../../support/exchanges.ts'

function asking(id: string, body: string) {
  const url = 'http://localhost/v1/chat/completions'
  return exchangeOf([[50, 'Hi']], { id, request: { method: 'POST', url, headers: [], body } })
}

const ids = (kept: KeptExchanges) => kept.all().map(({ id }) => id)

test('the latest are kept, and those that made room are counted', () => {
  const kept = new KeptExchanges(2)
  for (const id of ['a', 'b', 'c']) kept.add(asking(id, '{}'))
  expect(ids(kept)).toEqual(['b', 'c'])
  expect(kept.left).toBe(1)
})

test('a long history weighs as much as a long answer', () => {
  const kept = new KeptExchanges(100, 1_000_000)
  for (const id of ['a', 'b', 'c', 'd']) kept.add(asking(id, JSON.stringify('x'.repeat(300_000))))
  expect(ids(kept)).toEqual(['b', 'c', 'd'])
  expect(kept.left).toBe(1)
})
