import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  chatCompletionSchema,
  type ChatRequest,
  compileSchema,
  type ErrorResponse,
  errorResponseSchema,
  type JsonObject,
  type ModelList,
  modelListSchema,
} from '../../src/protocol/index.ts'
import type { Model } from '../../src/mocks/index.ts'
import { startServer } from '../../src/server/index.ts'
import { referenceServer } from '../support/reference-server.ts'

const HELLO = { model: 'm', messages: [{ role: 'user', content: 'Hello?' }] }
const JSON_TYPE = { 'content-type': 'application/json' }

function post(url: string, body: unknown = HELLO, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const isError = compileSchema(errorResponseSchema)
async function errorOf(response: Response): Promise<ErrorResponse['error']> {
  expect(response.headers.get('content-type')).toContain('application/json')
  const body = (await response.json()) as ErrorResponse
  expect(isError(body)).toEqual([])
  return body.error
}

describe('answers', () => {
  test.each(['/chat/completions', '/v1/chat/completions', '/v1/chat/completions/'])(
    '%s',
    async (path) => {
      const base = await referenceServer()
      const response = await post(base.replace('/v1', '') + path)
      expect(response.status).toBe(200)
      expect(compileSchema(chatCompletionSchema)(await response.json())).toEqual([])
    },
  )

  test('streams when asked to', async () => {
    const response = await post(`${await referenceServer()}/chat/completions`, {
      ...HELLO,
      stream: true,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(await response.text()).toMatch(/^data: \{.*\n\ndata: \[DONE\]\n\n$/s)
  })

  test.each<[number, string, RequestInit]>([
    [200, '/v1/models', {}],
    [200, '/v1/chat/completions', { method: 'POST', body: JSON.stringify(HELLO) }],
    [400, '/v1/chat/completions', { method: 'POST', body: '{' }],
    [400, '/v1/%zz', {}],
    [401, '/v1/models', { headers: {} }],
    [401, '/v1/chat/completions', { method: 'POST', body: '{}', headers: JSON_TYPE }],
    [404, '//', {}],
    [404, '/v1/models/other', {}],
    [405, '/v1/chat/completions', { method: 'DELETE' }],
    [415, '/v1/chat/completions', { method: 'POST', body: new Uint8Array(2) }],
    [500, '/v1/chat/completions', { method: 'POST', body: JSON.stringify({ ...HELLO, n: 2 }) }],
  ])('numbers its answer with status %i, at %s', async (status, path, init) => {
    const model: Model = async ({ n }) => {
      if (n === 2) throw new Error('broken')
      return { status: 200, headers: [], frames: [] }
    }
    const base = await referenceServer({ apiKey: 'k', model, modelNames: ['m'], onError: () => {} })
    const type = typeof init.body === 'string' ? JSON_TYPE : { 'content-type': 'image/png' }
    const numberOf = async (to: string) => {
      const response = await fetch(base.replace('/v1', '') + to, {
        headers: { authorization: 'Bearer k', ...(init.body ? type : {}) },
        ...init,
      })
      expect(response.status).toBe(status)
      return response.headers.get('x-request-id')
    }
    const number = await numberOf(path)
    expect(number).toMatch(/^req_\w+$/)
    expect(await numberOf(path)).toBe(number)
  })

  test('lists models', async () => {
    const base = await referenceServer({ modelNames: ['one', 'two'] })
    const list = (await (await fetch(`${base}/models`)).json()) as ModelList
    expect(compileSchema(modelListSchema)(list)).toEqual([])
    expect(list.data.map(({ id }) => id)).toEqual(['one', 'two'])
  })

  test('says that it is well', async () => {
    const base = await referenceServer({ apiKey: 'secret' })
    expect(await (await fetch(base.replace('/v1', '/health'))).json()).toEqual({ status: 'ok' })
  })

  test('a preflight needs no key', async () => {
    const base = await referenceServer({ apiKey: 'secret' })
    const response = await fetch(`${base}/chat/completions`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
  })
})

describe('refuses, each in the error object of OpenAI', () => {
  const REFUSALS: [string, number, unknown, Partial<ErrorResponse['error']>][] = [
    ['invalid JSON', 400, '{"model":', { type: 'invalid_request_error' }],
    ['an empty body', 400, '', {}],
    ['no messages', 400, { model: 'm' }, {}],
    ['empty messages', 400, { model: 'm', messages: [] }, { param: 'messages' }],
    ['no model', 400, { messages: HELLO.messages }, {}],
    [
      'an unknown role',
      400,
      { model: 'm', messages: [{ role: 'robot' }] },
      { param: 'messages[0].role' },
    ],
    ['stream as text', 400, { ...HELLO, stream: 'true' }, { param: 'stream' }],
    [
      'a demand to call a tool, without any',
      400,
      { ...HELLO, tool_choice: 'required' },
      { param: 'tool_choice' },
    ],
    [
      'a demand to call a tool that is not offered',
      400,
      { ...HELLO, tool_choice: { type: 'function', function: { name: 'f' } } },
      { param: 'tool_choice' },
    ],
    ['JSON as deep as the sea', 400, `${'['.repeat(100_000)}${']'.repeat(100_000)}`, {}],
    [
      'an unknown model',
      404,
      { ...HELLO, model: 'other' },
      { code: 'model_not_found', param: 'model' },
    ],
  ]
  test.each(REFUSALS)('%s: %i', async (_, status, body, expected) => {
    const base = await referenceServer({ modelNames: ['m'] })
    const response = await post(`${base}/chat/completions`, body)
    expect(response.status).toBe(status)
    expect(await errorOf(response)).toMatchObject(expected)
  })

  test('an unknown route: 404', async () => {
    const response = await post(`${await referenceServer()}/completions`)
    expect(response.status).toBe(404)
    expect((await errorOf(response)).message).toContain('/v1/chat/completions')
  })

  test('a URL that cannot be decoded: 400', async () => {
    const response = await post(`${await referenceServer()}/%zz`)
    expect(response.status).toBe(400)
    await errorOf(response)
  })

  test.each(['GET', 'PUT', 'DELETE'])('%s: 405', async (method) => {
    const response = await fetch(`${await referenceServer()}/chat/completions`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('POST')
    await errorOf(response)
  })

  test('a body that is too large: 413', async () => {
    const base = await referenceServer({ bodyLimit: 1_000 })
    const response = await post(`${base}/chat/completions`, {
      ...HELLO,
      padding: 'x'.repeat(2_000),
    })
    expect(response.status).toBe(413)
    expect((await errorOf(response)).message).toContain('1000 bytes')
  })

  test('another media type: 415', async () => {
    const response = await post(`${await referenceServer()}/chat/completions`, HELLO, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(response.status).toBe(415)
    expect((await errorOf(response)).message).toContain('application/json')
  })

  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong-key' }],
    ['another scheme', { authorization: 'Basic sesame-1234' }],
  ])('%s: 401, without telling any key', async (_, headers) => {
    const base = await referenceServer({ apiKey: 'sesame-1234' })
    const response = await post(`${base}/chat/completions`, HELLO, headers)
    expect(response.status).toBe(401)
    const error = await errorOf(response)
    expect(error.code).toBe('invalid_api_key')
    expect(error.message).not.toMatch(/sesame|wrong-key/)
  })

  test('what fails inside: 500, without telling what', async () => {
    const base = await referenceServer({
      model: () => Promise.reject(new Error('at /srv/secret.ts:1')),
      onError: () => {},
    })
    const response = await post(`${base}/chat/completions`)
    expect(response.status).toBe(500)
    expect((await errorOf(response)).message).not.toContain('secret')
  })

  test('what fails inside is told on stderr, unless somebody listens', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => stderr.mockRestore())
    const model = () => Promise.reject(new Error('a \u001B[31mbug'))
    const heard: unknown[] = []
    const told = async (options = {}) => {
      stderr.mockClear()
      const url = await referenceServer({ model, ...options })
      await (await post(`${url}/chat/completions`)).text()
      return stderr.mock.calls.join('')
    }
    expect(await told()).toMatch(/^the mock LLM threw Error: a \\u\{1b\}\[31mbug\n {4}at /)
    expect(await told({ onError: (error: unknown) => heard.push(error) })).toBe('')
    expect(heard).toHaveLength(1)
  })
})

test('the right key opens', async () => {
  const base = await referenceServer({ apiKey: 'sesame-1234' })
  const response = await post(`${base}/chat/completions`, HELLO, {
    authorization: 'Bearer sesame-1234',
  })
  expect(response.status).toBe(200)
})

/** Requests in the shapes that ElevenLabs is known to send. */
const SHAPES: Record<string, Partial<ChatRequest> & JsonObject> = {
  'defaults of the platform': {
    temperature: 0,
    max_tokens: -1,
    stream_options: { include_usage: true },
  },
  'explicit nulls': {
    user: null,
    stop: null,
    tools: null,
    response_format: null,
    tool_choice: null,
    elevenlabs_extra_body: null,
  },
  'members of the future': {
    user_id: 'u',
    x_future_field: { a: 1 },
    reasoning_effort: 'none',
    parallel_tool_calls: true,
    top_p: 1,
  },
  'extra body': { elevenlabs_extra_body: { UUID: 'x', 'parameter-1': 1 } },
  'system only': { messages: [{ role: 'system', content: 'You are Ava.' }] },
  'assistant first and last': {
    messages: [
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: 'Hm' },
      { role: 'assistant', content: 'It ships' },
    ],
  },
  'text in parts': {
    messages: [
      { role: 'developer', content: 'x' },
      { role: 'user', content: [{ type: 'text', text: 'Hello?' }] },
    ],
  },
  'a tool turn': {
    messages: [
      { role: 'user', content: 'Hola' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'ok' },
    ],
  },
  'tools of the platform': {
    tools: [
      {
        type: 'function',
        function: {
          name: 'skip_turn',
          description: 'Wait.',
          parameters: { type: 'object', properties: { reason: { type: 'string' } }, required: [] },
        },
      },
      { type: 'function', function: { name: 'bare' } },
    ],
  },
}
test.each(Object.entries(SHAPES))('accepts %s', async (_, shape) => {
  const response = await post(`${await referenceServer()}/chat/completions`, {
    ...HELLO,
    stream: true,
    ...shape,
  })
  expect(response.status).toBe(200)
  expect(await response.text()).toMatch(/"(?:content|arguments)":"[^"]+"/)
})

test('closing ends answers that are under way', async () => {
  const server = await startServer({
    fault: (reply) => ({
      ...reply,
      frames: [...reply.frames, { kind: 'hang-up', atMs: 0, how: 'stall' }],
    }),
  })
  const response = await post(`${server.url}/chat/completions`, { ...HELLO, stream: true })
  const reading = response.text()
  await server.close()
  await expect(reading).rejects.toThrow('terminated')
})
