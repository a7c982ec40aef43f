import { expect, onTestFinished, test, vi } from 'vitest'
import { answerCache } from '../../../src/gateway/cache/answer-cache.ts'
import type { ChatRequest } from '../../../src/protocol/index.ts'

const pieces = [{ atMs: 300, chunk: { choices: [{ index: 0, delta: { content: 'Hi.' } }] } }]

function asking(content: string, rest: object = {}): ChatRequest {
  return { model: 'voice', messages: [{ role: 'user', content }], ...rest }
}

test('an answer is given to the same request, and to no other', async () => {
  const cache = answerCache({ ttlMs: 60_000 })
  await cache.set(asking('Hi', { temperature: 0 }), pieces)
  expect(await cache.get(asking('Hi', { temperature: 0 }))).toEqual(pieces)
  expect(await cache.get({ temperature: 0, ...asking('Hi') })).toEqual(pieces)
  for (const other of [
    asking('Hi'),
    asking('Hi!', { temperature: 0 }),
    asking('Hi', { temperature: 0, user: 'anna' }),
    asking('Hi', { temperature: 0, tools: [] }),
  ]) {
    expect(await cache.get(other)).toBeUndefined()
  }
})

test('what a platform sends along for the endpoint makes no other request', async () => {
  const cache = answerCache({ ttlMs: 60_000 })
  await cache.set(asking('Hi', { elevenlabs_extra_body: { call: 1 } }), pieces)
  expect(await cache.get(asking('Hi', { custom_llm_extra_body: { call: 2 } }))).toEqual(pieces)
})

test('an answer is forgotten in time', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const cache = answerCache({ ttlMs: 60_000 })
  await cache.set(asking('Hi'), pieces)
  vi.advanceTimersByTime(59_000)
  expect(await cache.get(asking('Hi'))).toEqual(pieces)
  vi.advanceTimersByTime(2_000)
  expect(await cache.get(asking('Hi'))).toBeUndefined()
})

test('so many are kept, those that were used last', async () => {
  const cache = answerCache({ ttlMs: 60_000, most: 2 })
  const isKept = async (content: string) => (await cache.get(asking(content))) !== undefined
  await cache.set(asking('a'), pieces)
  await cache.set(asking('b'), pieces)
  expect(await isKept('a')).toBe(true)
  await cache.set(asking('c'), pieces)
  expect([await isKept('a'), await isKept('b'), await isKept('c')]).toEqual([true, false, true])
})

test('what is far too long is not kept', async () => {
  const cache = answerCache({ ttlMs: 60_000 })
  await cache.set(asking('Hi'), [{ atMs: 0, chunk: { text: 'x'.repeat(300_000) } }])
  expect(await cache.get(asking('Hi'))).toBeUndefined()
})

test('one that cannot be reached holds nothing', async () => {
  const gone = () => Promise.reject(new Error('gone'))
  const store = { get: gone, set: gone, delete: gone, clear: gone }
  const cache = answerCache({ ttlMs: 60_000, store })
  await cache.set(asking('Hi'), pieces)
  expect(await cache.get(asking('Hi'))).toBeUndefined()
})
