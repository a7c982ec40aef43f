import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { promisify } from 'node:util'
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadUpstream } from '../../../src/gateway/upstream/provider/load-upstream.ts'
import { sendByFetch } from '../../../src/gateway/upstream/relay/send-by-fetch.ts'
import { upstreamOf } from '../../../src/gateway/upstream/upstream-of.ts'
import { faultOf, saidBy, saying } from '../../support/said-by.ts'
import { tapped } from '../../support/tap.ts'

/** What is left is not read to its end, which comes after several seconds. */
const AT_ONCE_MS = 2_000
const WORDS = 'Hello there, caller. 👋🏽 How are you?'
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
}

const PATHS = {
  anthropic: '/v1',
  google: '/v1beta',
  'amazon-bedrock': '',
  mistral: '/v1',
  groq: '/v1',
  'openai-responses': '/v1',
}

const mock = new LLMock({ port: 0, host: '127.0.0.1' })
  .onMessage('hello', { content: WORDS }, { chunkSize: 5 })
  .onMessage('slow', { content: WORDS }, { chunkSize: 5, latency: 600 })
  .onMessage('never', { content: WORDS }, { latency: 30_000 })
  .onMessage('cut', { content: WORDS }, { chunkSize: 5, latency: 20, truncateAfterChunks: 4 })
  .onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Bern"}' }] })
  .onMessage('both', {
    toolCalls: ['Bern', 'Basel'].map((city) => ({
      name: 'get_weather',
      arguments: JSON.stringify({ city }),
    })),
  })
  .onMessage('key', { error: { message: 'No.', type: 'authentication_error' }, status: 401 })
  .onMessage('down', { error: { message: 'Down.', type: 'api_error' }, status: 500 })
  .onMessage('later', {
    error: { message: 'Later.', type: 'rate_limit_error' },
    status: 429,
    retryAfter: 7,
  })

beforeAll(() => mock.start())
afterAll(() => mock.stop())

describe.each(Object.entries(PATHS))('%s', (name, path) => {
  const provider = async (url = mock.url) =>
    upstreamOf(
      await loadUpstream(
        { upstream: name, model: 'claude-haiku-4-5', apiKey: 'sk-test', baseUrl: `${url}${path}` },
        {},
      ),
      sendByFetch,
    )
  const hear = async (words: string) =>
    saidBy(await provider(), saying(words, { tools: [WEATHER] }))

  test('says a text, in one answer', async () => {
    const said = await hear('hello')
    expect(said.error).toBeUndefined()
    expect(said.text).toBe(WORDS)
    expect(said.finishReasons).toEqual(['stop'])
    expect(said.chunks[0]!.choices[0]!.delta.role).toBe('assistant')
    expect(new Set(said.chunks.map(({ id, created }) => `${id} ${created}`)).size).toBe(1)
    expect(said.sayings.at(-1)).toEqual({ kind: 'done' })
  })

  test('calls a tool, and tools beside each other', async () => {
    const one = await hear('weather')
    expect(one.calls).toEqual([
      { id: expect.any(String), name: 'get_weather', input: '{"city":"Bern"}' },
    ])
    expect(one.finishReasons).toEqual(['tool_calls'])
    const two = await hear('both')
    expect(two.calls.map(({ input }) => input)).toEqual(['{"city":"Bern"}', '{"city":"Basel"}'])
    expect(new Set(two.calls.map(({ id }) => id)).size).toBe(2)
  })

  test('takes the result of a tool, and what stands around it', async () => {
    const [call] = (await hear('weather')).calls
    const said = await saidBy(
      await provider(),
      saying('', {
        tools: [WEATHER],
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'assistant', content: 'Good morning.' },
          { role: 'user', content: 'weather' },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: call!.id,
                type: 'function',
                function: { name: call!.name, arguments: call!.input },
              },
            ],
          },
          { role: 'tool', tool_call_id: call!.id, content: '{"sky":"clear"}' },
          { role: 'user', content: 'hello' },
          { role: 'system', content: 'Be kind.' },
        ],
      }),
    )
    expect(said).toMatchObject({ text: WORDS, error: undefined })
    const asked = JSON.stringify(mock.getLastRequest()!.body)
    for (const words of ['Be brief.', 'Be kind.', 'Good morning.', 'sky', 'Bern']) {
      expect(asked).toContain(words)
    }
  })

  test('fails in one way, whatever the status', async () => {
    expect(faultOf((await hear('key')).error)).toEqual({
      fault: 'unauthorized',
      status: 401,
      retryAfterMs: undefined,
    })
    expect(faultOf((await hear('later')).error)).toEqual({
      fault: 'rate-limited',
      status: 429,
      retryAfterMs: 7000,
    })
    expect(faultOf((await hear('down')).error)).toMatchObject({ fault: 'failed', status: 500 })
  })

  test('breaks off where its answer does, after what it said', async () => {
    const said = await hear('cut')
    expect(faultOf(said.error).fault).toBe('broken')
    expect(WORDS).toContain(said.text)
    expect(said.finishReasons).toEqual([])
    expect(said.sayings.some(({ kind }) => kind === 'done')).toBe(false)
  })

  test('is unreachable where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await promisify(server.close.bind(server))()
    const said = await saidBy(await provider(`http://127.0.0.1:${port}`), saying('hello'))
    expect(faultOf(said.error)).toMatchObject({ fault: 'unreachable', status: undefined })
  })

  test('is left at once before it speaks', async () => {
    const { url, asked, left } = await tapped(mock.url)
    const upstream = await provider(url)
    const { signal, ...leaving } = abortable()
    const said = saidBy(upstream, saying('never'), signal)
    await asked
    leaving.now()
    expect((await said).error).toBe(leaving.reason)
    expect((await left) - leaving.at()).toBeLessThan(AT_ONCE_MS)
  })

  test('is left at once while it speaks', async () => {
    const { url, left } = await tapped(mock.url)
    const upstream = await provider(url)
    const { signal, ...leaving } = abortable()
    const said = upstream.ask(saying('slow'), signal, leaving.now)
    await expect(said).rejects.toBe(leaving.reason)
    expect((await left) - leaving.at()).toBeLessThan(AT_ONCE_MS)
  })
})

function abortable() {
  const controller = new AbortController()
  const reason = new Error('gone')
  let at = Number.NaN
  return {
    signal: controller.signal,
    reason,
    at: () => at,
    now: () => {
      at = performance.now()
      controller.abort(reason)
    },
  }
}
