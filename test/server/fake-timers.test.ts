import { onTestFinished, test, vi, expect } from 'vitest'
import { startServer } from '../../src/server/index.ts'
import { virtualClock } from '../../src/wire/index.ts'
import { saying } from '../support/chat.ts'

test.each([
  ['at once', {}],
  ['in virtual time', { pacing: { ttft: 60_000 }, clock: virtualClock() }],
])('a server answers %s in a test whose immediates stand still', async (_, options) => {
  await using server = await startServer(options)
  vi.useFakeTimers({ toFake: ['setImmediate'] })
  onTestFinished(() => void vi.useRealTimers())
  const response = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(saying('Hi')),
    signal: AbortSignal.timeout(10_000),
  })
  expect(await response.text()).toContain('[DONE]')
})
