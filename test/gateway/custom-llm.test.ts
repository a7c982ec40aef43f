import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check } from '../../src/conformance/index.ts'
import { customLlm, type CustomLlmOptions } from '../../src/gateway/index.ts'
import { startServer } from '../../src/server/index.ts'
import { scriptedUpstream } from '../support/scripted-upstream.ts'
import { startWorker } from '../support/worker.ts'

const TURN = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi.' }] }

function post(body: unknown, init: RequestInit = {}): Request {
  return new Request('http://localhost/v1/chat/completions', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

const good = () => scriptedUpstream(['We are', ' open.'])

describe('as a function', () => {
  test('it answers a turn', async () => {
    const response = await customLlm({ model: good() })(post(TURN))
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(await response.text()).toMatch(/We are[^]*open[^]*data: \[DONE\]\n\n$/)
  })

  test('it lists its models', async () => {
    const answer = customLlm({ models: { fast: good(), wise: good() } })
    const list = await answer(new Request('http://localhost/v1/models'))
    expect(await list.json()).toMatchObject({ data: [{ id: 'fast' }, { id: 'wise' }] })
  })

  test.each<[string, CustomLlmOptions, Request, number]>([
    ['without its key', { apiKey: 'sesame' }, post(TURN), 401],
    [
      'where its key is not set',
      { apiKey: undefined },
      post(TURN, { headers: { authorization: 'Bearer undefined' } }),
      401,
    ],
    [
      'with another key',
      { apiKey: ['a', 'b'] },
      post(TURN, { headers: { authorization: 'Bearer c' } }),
      401,
    ],
    ['by another method', {}, new Request('http://localhost/v1/chat/completions'), 405],
    ['with a body that is too large', { bodyLimit: 10 }, post(TURN), 413],
    ['with what is no JSON', {}, post('{'), 400],
    ['that is compressed', {}, post(TURN, { headers: { 'content-encoding': 'gzip' } }), 415],
  ])('it refuses a request %s', async (_, options, request, status) => {
    const response = await customLlm({ model: good(), ...options })(request)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })

  test('it takes any of its keys', async () => {
    const answer = customLlm({ model: good(), apiKey: ['a', 'b'] })
    const response = await answer(post(TURN, { headers: { authorization: 'Bearer b' } }))
    expect(response.status).toBe(200)
  })

  test.each([[''], [['good', '']]])('it refuses %j for its keys', (apiKey) => {
    expect(() => customLlm({ model: good(), apiKey })).toThrow(/API key "key \d" is empty/)
  })

  test.each([
    [
      { bufferWord: {} },
      /^customLlm: there is no option "bufferWord"; there are model, .*observers$/,
    ],
    [{ limits: { firstContent: 1 } }, /no option "limits.firstContent"; there are connectMs, /],
    [{ limits: { firstContentMs: Number.NaN } }, /limits.firstContentMs is NaN: it takes millisec/],
    [{ limits: { totalMs: 'x' } }, /limits.totalMs is "x": it takes milliseconds, above 0/],
    [{ limits: { totalMs: Infinity } }, /limits.totalMs is Infinity: it takes/],
    [{ limits: 3 }, /limits is 3: it takes an object/],
    [{ bufferWords: { afterMs: '900' } }, /bufferWords.afterMs is "900": it takes/],
    [{ bufferWords: {} }, /bufferWords.afterMs is missing: it takes/],
    [{ fallback: { retries: -1 } }, /fallback.retries is -1: .* at least 0 and at most 5$/],
    [{ turns: { cancelOldest: true } }, /no option "turns.cancelOldest"/],
    [{ reasoning: 'keep' }, /reasoning is "keep": it takes "drop" or "send"/],
    [{ bodyLimit: 0 }, /bodyLimit is 0: it takes a whole number, at least 1$/],
  ])('it refuses %j', (options, message) => {
    const given = { model: good(), ...options } as CustomLlmOptions
    expect(() => customLlm(given)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringMatching(message) }),
    )
  })

  test('it takes what is undefined as not given', async () => {
    const limits = { firstContentMs: undefined, connectMs: undefined, totalMs: undefined }
    const given = { model: good(), bodyLimit: undefined, bufferWord: undefined, limits }
    const response = await customLlm(given as unknown as CustomLlmOptions)(post(TURN))
    expect(await response.text()).toContain('open.')
  })

  test('it needs something to ask', () => {
    expect(() => customLlm({})).toThrow('"custom-model" has nothing to ask')
    expect(() => customLlm({ models: {} })).toThrow('the gateway has nothing to ask')
  })

  test.each(['request', 'body'])(
    'it ends the request upstream where the caller leaves by its %s',
    async (by) => {
      const upstream = scriptedUpstream(['We', 5_000])
      const leaving = new AbortController()
      const response = await customLlm({ model: upstream })(post(TURN, { signal: leaving.signal }))
      const reader = response.body!.getReader()
      await reader.read()
      if (by === 'request') leaving.abort()
      else await reader.cancel()
      await expect.poll(upstream.aborted).toBe(1)
    },
  )
})

/** Where a custom LLM may run: each gives its base URL, in front of an upstream. */
const RUNTIMES = {
  'Hono on Node.js': async (upstream: string) => {
    const app = new Hono()
    const answer = customLlm({ model: { url: upstream }, limits: { firstContentMs: 30_000 } })
    app.all('/v1/*', (context) => answer(context.req.raw))
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  },
  workerd: startWorker,
}

test.each(Object.entries(RUNTIMES))('it passes every check under %s', async (_, start) => {
  const upstream = await startServer()
  onTestFinished(() => upstream.close())
  const url = await start(upstream.url)
  const report = await check({ url, limits: UNHURRIED, concurrency: 4 })
  const found = report.checks.filter(({ status }) => status === 'fail')
  expect(found.map(({ id, findings }) => [id, findings.map(({ message }) => message)])).toEqual([])
  expect(report.verdict).toBe('pass')
})
