import { expect, test } from 'vitest'
import { ConversationComparer } from '../../../src/cli/passing/conversation-comparer.ts'
import { DONE, exchangeOf, says } from '../../support/exchanges.ts'

let count = 0

function answered(text: string, padding = 0) {
  const messages = [{ role: 'user', content: `${++count}${' '.repeat(padding)}` }]
  return exchangeOf([[50, says(text) + DONE]], {
    id: `tap-${count}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + 1_000 * count).toISOString(),
    request: {
      method: 'POST',
      url: 'http://localhost/v1/chat/completions',
      headers: [],
      body: JSON.stringify({ model: 'm', stream: true, messages }),
    },
  })
}

const seen = (found: readonly { readonly check: string }[]) => found.map(({ check }) => check)

test('an exchange is held against those before it, of its conversation', () => {
  const comparer = new ConversationComparer({})
  expect(comparer.compare(answered('Yes.'), 'a')).toEqual([])
  expect(comparer.compare(answered('Yes.'), 'b')).toEqual([])
  expect(comparer.compare(answered('Yes.'), 'a')).toEqual([])
  expect(seen(comparer.compare(answered('Yes.'), 'a'))).toEqual(['behaviour/constant-reply'])
  expect(comparer.compare(answered('Yes.'), 'b')).toEqual([])
})

test('what is longer ago is compared no more', () => {
  const comparer = new ConversationComparer({})
  for (let i = 0; i < 3; i++) comparer.compare(answered('Yes.'), 'a')
  for (let i = 0; i < 7; i++) comparer.compare(answered(`No ${i}.`), 'a')
  for (let i = 0; i < 2; i++) comparer.compare(answered('Yes.'), 'a')
  // Of the latest eight, only those say the same.
  expect(comparer.compare(answered('Yes.'), 'a')).toEqual([])
})

test('long ones make room for those that follow', () => {
  const comparer = new ConversationComparer({})
  for (let i = 0; i < 2; i++) comparer.compare(answered('Yes.'), 'a')
  for (let i = 0; i < 5; i++) comparer.compare(answered('No.', 8 * 1024 * 1024), `other ${i}`)
  expect(comparer.compare(answered('Yes.'), 'a')).toEqual([])
  expect(comparer.compare(answered('Yes.'), 'a')).toEqual([])
  expect(seen(comparer.compare(answered('Yes.'), 'a'))).toEqual(['behaviour/constant-reply'])
})
