import { expect, test } from 'vitest'
import { startServer } from '../../src/server/index.ts'
import { post, saying } from '../support/chat.ts'
import { cpuMs } from '../support/cpu-ms.ts'

test('the first answer of a warm server takes about as long as the second', async () => {
  await using server = await startServer({ warm: true })
  const ask = async (path = '/chat/completions') => {
    const began = cpuMs()
    const request = saying('Hello', { stream_options: { include_usage: true } })
    await (await post(fetch, request, {}, `${server.url}${path}`)).text()
    return cpuMs() - began
  }
  // The client has its own things to load.
  await ask('/nowhere')
  const first = await ask()
  // To load the vocabulary takes 250 ms, where an answer takes 5.
  expect(first).toBeLessThan(100 + 5 * (await ask()))
})
