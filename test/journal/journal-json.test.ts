import { expect, test } from 'vitest'
import { journalJson } from '../../src/journal/index.ts'
import { createMockLlm } from '../../src/mocks/index.ts'

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

test('of a body that is very long the first part is shown', async () => {
  const { journal } = createMockLlm()
  const key = 'sk-abcdefghijklmnop1234567890'
  const headers = [['authorization', `Bearer ${key}`]] as const
  const body = `${key} `.repeat(8 * 1024 * 32)
  journal.open({ method: 'POST', url: '/', headers, body })
  const { entries } = JSON.parse(await journalJson(journal)) as { entries: { body: string }[] }
  const shown = 64 * 1024
  const [, start, rest] = /^([^.]+)\.\.\. and (\d+) characters more$/.exec(entries[0]!.body)!
  expect([start!.length, Number(rest)]).toEqual([shown, body.length - shown])
  // In its own process it is whole.
  expect(journal.entries()[0]!.body).toBe(body)
})
