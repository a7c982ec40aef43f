import { expect, test } from 'vitest'
import { unquoted } from '../../src/gateway/cascade/unquoted.ts'

const request = {
  model: 'gpt-5-mini',
  messages: [
    { role: 'system' as const, content: 'You answer calls of a dentist. Be brief.' },
    { role: 'user' as const, content: 'My name is Jane "J" Müller, my PIN is 4471, is it fine?' },
    { role: 'user' as const, content: 'Yes, you.' },
  ],
  user: 'jane@example.com',
}

test.each([
  ['as it is', 'it says: My name is Jane "J" Müller, ok', 'it says: [asked], ok'],
  ['in JSON', String.raw`{"m":"name is Jane \"J\" M\u00fcller"}`, '{"m":"[asked]"}'],
  ['in a URL', 'at /?q=my%20pin%20is%204471', 'at /?q=[asked]'],
  ['in other letters', 'MY PIN IS 4471!', '[asked]!'],
  ['a number alone', 'what is 4471', 'what is [asked]'],
  ['a short one whole', 'no: "yes, you"', 'no: "[asked]"'],
  ['an id', 'user jane@example.com is blocked', 'user [asked] is blocked'],
])('what an upstream quotes is not told: %s', (_, text, shown) => {
  expect(unquoted(text, request)).toBe(shown)
})

test.each([
  'it answered with status 401: {"error":{"message":"Incorrect API key provided"}}',
  'The model `gpt-5-mini` does not exist or you do not have access to it.',
  'role: system is not one of user, assistant',
  'be of a system',
])('what it says itself is: %s', (text) => {
  expect(unquoted(text, request)).toBe(text)
})

test('of what is long, no part of a word is told', () => {
  const words = 'answer calls of a dentist '.repeat(1_000)
  for (let i = 0; i < 10; i++) {
    expect(unquoted(`${'.'.repeat(i)}${words}`, request)).toMatch(/^\.*\[asked\] (?:answer )?$/)
  }
})
