import { expect, test } from 'vitest'
import { createMockLlm, journalJson } from '../../src/mocks/index.ts'

test('a long journal is written while others have their turn', async () => {
  const { journal } = createMockLlm()
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'word '.repeat(5_000) }] })
  const headers = [['authorization', 'Bearer sk-abcdefghijklmnop1234567890']] as const
  for (let i = 0; i < 200; i++) journal.open({ method: 'POST', url: '/', headers, body })
  let turns = 0
  const timer = setInterval(() => turns++)
  const json = await journalJson(journal)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
  expect(JSON.parse(json)).toEqual({
    entries: JSON.parse(JSON.stringify(journal.entries())) as unknown,
    dropped: 0,
  })
})
