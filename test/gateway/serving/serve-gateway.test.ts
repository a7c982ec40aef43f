import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { TurnRecord } from '../../../src/gateway/account/turn-record.ts'
import { keyRing } from '../../../src/gateway/keys/key-ring.ts'
import type { Upstream } from '../../../src/gateway/upstream/upstream.ts'
import { errorResponseSchema, validatorOf } from '../../../src/protocol/index.ts'
import { handMadeGateway, saying, untilToldTo } from '../../support/hand-made-gateway.ts'
import { ask, servedGateway } from '../../support/served-gateway.ts'

const violationsOf = validatorOf(errorResponseSchema)

/** The message of an error in OpenAI's words. */
async function messageOf(response: Response): Promise<string> {
  const body = (await response.json()) as { error: { message: string } }
  expect(violationsOf(body)).toEqual([])
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return body.error.message
}

describe('turns', () => {
  test('are answered at both paths', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway)
    for (const base of [url, url.replace('/v1', '')]) {
      const response = await ask(base)
      expect(response.status).toBe(200)
      expect(await response.text()).toMatch(/^data: .*Hello[^]*data: \[DONE\]\n\n$/)
    }
    expect(gateway.asked.map(({ request: { url: path } }) => path)).toEqual([
      '/v1/chat/completions',
      '/chat/completions',
    ])
    expect(gateway.asked[0]!.call.key).toBeNull()
    expect(gateway.asked[0]!.request.body).toContain('"messages"')
  })

  test('may begin with a byte order mark', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway)
    await (await ask(url, { body: '\uFEFF{"messages": []}' })).text()
    expect(gateway.asked[0]!.request.body).toBe('{"messages": []}')
  })

  test('have the id that they bring, or a new one where it is unsafe', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway)
    const idsFor = async (id: string) => {
      const response = await ask(url, { headers: { 'x-request-id': id } })
      return [response.headers.get('x-request-id'), gateway.asked.at(-1)!.call.id]
    }
    expect(await idsFor('conv_1:turn-2')).toEqual(['conv_1:turn-2', 'conv_1:turn-2'])
    for (const unsafe of ['a b', 'x"}', 'a'.repeat(129), '<b>']) {
      const [sent, told] = await idsFor(unsafe)
      expect(sent).toMatch(/^req_[\da-f-]{36}$/)
      expect(told).toBe(sent)
    }
  })

  test('are left when the client leaves', async () => {
    const end = Promise.withResolvers<void>()
    const gateway = handMadeGateway({ answer: () => untilToldTo(end.promise) })
    const { url } = await servedGateway(gateway)
    const leaving = new AbortController()
    await ask(url, { signal: leaving.signal })
    const { gone } = gateway.asked[0]!.call
    expect(gone.aborted).toBe(false)
    leaving.abort()
    if (!gone.aborted) await once(gone, 'abort')
    end.resolve()
  })
})

describe('what goes wrong is told in OpenAI’s words', () => {
  test.each([
    ['a wrong method', '/v1/chat/completions', { method: 'GET' }, 405, /POST/],
    ['an unknown path', '/v1/nothing', {}, 404, /nothing at this path/],
    ['an undecodable path', '/v1/%ff', {}, 400, /cannot be decoded/],
    ['an unknown model', '/v1/models/other', {}, 404, /"other" does not exist/],
    ['text', '/v1/chat/completions', { method: 'POST', body: 'Hi' }, 415, /application\/json/],
    ['no pre-flight', '/v1/chat/completions', { method: 'OPTIONS' }, 405, /POST/],
  ])('%s', async (_name, path, init, status, message) => {
    const { url } = await servedGateway(handMadeGateway())
    const response = await fetch(new URL(path, url), init)
    expect(response.status).toBe(status)
    expect(await messageOf(response)).toMatch(message)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  })

  test('a body that is too large', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway, { bodyLimit: 1_000 })
    const response = await ask(url, { body: JSON.stringify({ text: 'x'.repeat(1_000) }) })
    expect(response.status).toBe(413)
    expect(await messageOf(response)).toMatch(/larger than this gateway accepts/)
    expect(gateway.asked).toEqual([])
  })

  test('our own fault, of which nothing is told', async () => {
    const errors: unknown[] = []
    const bug = new Error('sk-secret')
    const gateway = handMadeGateway({ answer: () => Promise.reject(bug) })
    const { url } = await servedGateway(gateway, { onError: (error) => errors.push(error) })
    const response = await ask(url)
    expect(response.status).toBe(500)
    expect(await messageOf(response)).toBe('The gateway failed to answer.')
    expect(errors).toEqual([bug])
  })

  test('headers and bodies that do not come', async () => {
    const { url } = await servedGateway(handMadeGateway(), {
      patience: { headersMs: 300, requestMs: 600 },
    })
    const halves = [
      'POST /v1/chat/completions HTTP/1.1\r\nhost: 127',
      'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ]
    for (const half of halves) {
      const answer = await sayRaw(url, half)
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
      expect(violationsOf(JSON.parse(answer.split('\r\n\r\n')[1]!))).toEqual([])
    }
    expect(await sayRaw(url, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })
})

/** Says something on a connection; gives what is answered until it is closed. */
async function sayRaw(url: string, said: string): Promise<string> {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(said)
  return text(socket)
}

describe('who may ask', () => {
  const keys = keyRing([
    { name: 'eleven', key: 'good' },
    { name: 'slow', key: 'slow', perMinute: 2 },
  ])

  test('who bears a key', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway, { keys })
    const response = await ask(url, { headers: { authorization: 'Bearer good' } })
    expect(response.status).toBe(200)
    expect(gateway.asked[0]!.call.key).toEqual({ name: 'eleven' })
  })

  test.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer sk-wrong' }],
    ['one of another scheme', { authorization: 'Basic Z29vZA==' }],
  ])('not who bears %s', async (_name, headers) => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway, { keys })
    for (const path of ['/v1/chat/completions', '/v1/models']) {
      const method = path.endsWith('models') ? 'GET' : 'POST'
      const response = await fetch(new URL(path, url), { method, headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(await messageOf(response)).not.toMatch(/wrong|Z29v/)
    }
    expect(gateway.asked).toEqual([])
  })

  test('without keys, programs on this machine only', async () => {
    const gateway = handMadeGateway()
    const { url } = await servedGateway(gateway)
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.7' },
      { origin: 'https://evil.example' },
    ]) {
      const response = await ask(url, { headers })
      expect(response.status).toBe(403)
      expect(await messageOf(response)).toMatch(/--api-key/)
    }
    const rebound = `POST /v1/chat/completions HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`
    expect(await sayRaw(url, rebound)).toMatch(/^HTTP\/1\.1 403 /)
    expect(gateway.asked).toEqual([])
  })

  test('anybody, where that is said', async () => {
    const { url } = await servedGateway(handMadeGateway(), { allowAnyone: true })
    expect((await ask(url, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(200)
  })

  test('not anybody on a public address, where it is not', async () => {
    const gateway = handMadeGateway()
    await expect(servedGateway(gateway, { host: '0.0.0.0' })).rejects.toThrow(/--allow-anyone/)
    const { url } = await servedGateway(gateway, { host: '0.0.0.0', allowAnyone: true })
    expect(url).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/v1$/)
  })

  test('so often in a minute, by key', async () => {
    const records: TurnRecord[] = []
    const observer = { began: () => (record: TurnRecord) => void records.push(record) }
    const { url } = await servedGateway(handMadeGateway(), { keys, perMinute: 3 }, [observer])
    const statuses = async (key: string, times: number) => {
      const all = []
      for (let i = 0; i < times; i++) {
        all.push((await ask(url, { headers: { authorization: `Bearer ${key}` } })).status)
      }
      return all
    }
    expect(await statuses('slow', 3)).toEqual([200, 200, 429])
    expect(await statuses('good', 4)).toEqual([200, 200, 200, 429])
    const refused = await ask(url, { headers: { authorization: 'Bearer slow' } })
    expect(refused.headers.get('retry-after')).toMatch(/^(?:60|5\d)$/)
    expect(refused.headers.get('x-ratelimit-limit')).toBe('2')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(await messageOf(refused)).toMatch(/^More than 2 requests in a minute/)
    expect(records.map(({ key, status, outcome }) => [key, status, outcome])).toEqual([
      ['slow', 429, 'refused'],
      ['eleven', 429, 'refused'],
      ['slow', 429, 'refused'],
    ])
  })

  test('so often in a minute, by address, and is told how often still', async () => {
    const { url } = await servedGateway(handMadeGateway(), { perMinute: 2 })
    const responses = [await ask(url), await ask(url), await ask(url)]
    const remaining = responses.map(({ headers }) => headers.get('x-ratelimit-remaining'))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(remaining).toEqual(['1', '0', '0'])
  })
})

describe('pages of other origins', () => {
  const origin = 'https://app.example'

  test('may ask where they are listed', async () => {
    const { url } = await servedGateway(handMadeGateway(), { cors: [origin] })
    const preflight = await fetch(`${url}/chat/completions`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
    const response = await ask(url, { headers: { origin } })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('vary')).toBe('origin')
  })

  test('are told nothing where they are not', async () => {
    const { url } = await servedGateway(handMadeGateway(), {
      cors: [origin],
      keys: keyRing([{ name: 'a', key: 'good' }]),
    })
    const headers = { origin: 'https://other.example', authorization: 'Bearer good' }
    const response = await ask(url, { headers })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('what is told of the gateway', () => {
  test('models', async () => {
    const { url } = await servedGateway(handMadeGateway({ modelNames: ['voice', 'a/b'] }))
    const list = (await (await fetch(`${url}/models`)).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(['voice', 'a/b'])
    expect((await fetch(`${url}/models/a/b`)).status).toBe(200)
  })

  test('metrics, to who bears a key', async () => {
    const { url } = await servedGateway(handMadeGateway(), {
      keys: keyRing([{ name: 'a', key: 'good' }]),
    })
    const at = new URL('/metrics', url)
    expect((await fetch(at)).status).toBe(401)
    const response = await fetch(at, { headers: { authorization: 'Bearer good' } })
    expect(response.headers.get('content-type')).toBe('text/plain; version=1')
    expect(await response.text()).toBe('up 1\n')
  })

  test('that it is alive, to anybody', async () => {
    const { url } = await servedGateway(handMadeGateway(), { keys: () => undefined })
    expect(await (await fetch(new URL('/health', url))).json()).toEqual({ status: 'ok' })
  })

  test('which upstreams cannot be reached, and of which host nothing', async () => {
    const upstreams = [
      upstream('anthropic', async () => {}),
      upstream('google', () => Promise.reject(new Error('sk-secret'))),
      upstream('10.0.0.7:8000', () => Promise.reject(new Error('no'))),
      upstream('silent', () => new Promise(() => {})),
      upstream('mistral'),
      upstream('groq', () => {
        throw new Error('at once')
      }),
    ]
    const { url } = await servedGateway(handMadeGateway({ upstreams }), {
      patience: { reachMs: 50 },
    })
    const response = await fetch(new URL('/ready', url))
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'not ready',
      unreachable: ['google', 'upstream 3', 'silent', 'groq'],
    })
  })

  test('that it is ready, having asked once', async () => {
    let asked = 0
    const reach = async () => {
      asked += 1
      await sleep(20)
    }
    const { url } = await servedGateway(handMadeGateway({ upstreams: [upstream('openai', reach)] }))
    const probe = async () => (await fetch(new URL('/ready', url))).status
    expect(await Promise.all([probe(), probe(), probe()])).toEqual([200, 200, 200])
    expect(await probe()).toBe(200)
    expect(asked).toBe(1)
  })
})

function upstream(name: string, reach?: Upstream['reach']): Upstream {
  const nobodyAsks = () => Promise.reject(new Error('nobody asks'))
  return { name, model: undefined, ask: nobodyAsks, ...(reach && { reach }) }
}

describe('the end', () => {
  test('lets answers come to theirs, and takes no more', async () => {
    const end = Promise.withResolvers<void>()
    const gateway = handMadeGateway({ answer: () => untilToldTo(end.promise) })
    const running = await servedGateway(gateway)
    const response = await ask(running.url)
    const closed = running.close()
    await expect(fetch(new URL('/health', running.url))).rejects.toThrow()
    end.resolve()
    expect(await response.text()).toMatch(/Well[^]*\[DONE\]/)
    await closed
  })

  test('says on connections that are open that it is near', async () => {
    const end = Promise.withResolvers<void>()
    const gateway = handMadeGateway({ answer: () => untilToldTo(end.promise) })
    const running = await servedGateway(gateway)
    const { port } = new URL(running.url)
    const socket = connect(Number(port), '127.0.0.1')
    // Half a request keeps the connection from being idle.
    socket.write('GET /ready HTTP/1.1\r\nhost: 127.0.0.1\r\n')
    const answer = text(socket)
    const response = await ask(running.url)
    const closed = running.close()
    socket.write('\r\n')
    expect(await answer).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*"stopping"/i)
    end.resolve()
    await response.text()
    await closed
  })

  test('refuses turns on connections that are open', async () => {
    const end = Promise.withResolvers<void>()
    const gateway = handMadeGateway({ answer: () => untilToldTo(end.promise) })
    const running = await servedGateway(gateway)
    const { port } = new URL(running.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n')
    const answer = text(socket)
    const response = await ask(running.url)
    const closed = running.close()
    socket.write('content-type: application/json\r\ncontent-length: 2\r\n\r\n{}')
    expect(await answer).toMatch(/^HTTP\/1\.1 503 [^]*"This gateway is being stopped/)
    expect(gateway.asked).toHaveLength(1)
    end.resolve()
    await response.text()
    await closed
  })

  test('ends well what does not come to its own', async () => {
    const end = Promise.withResolvers<void>()
    const gateway = handMadeGateway({
      answer: () => untilToldTo(end.promise),
      endAll: () => end.resolve(),
    })
    const running = await servedGateway(gateway)
    const responses = await Promise.all(Array.from({ length: 200 }, () => ask(running.url)))
    const began = performance.now()
    await running.close({ drainMs: 100 })
    expect(performance.now() - began).toBeGreaterThan(95)
    const texts = await Promise.all(responses.map((each) => each.text()))
    expect(texts.filter((each) => each.endsWith('data: [DONE]\n\n'))).toHaveLength(200)
  })

  test('does not wait for what ends never', async () => {
    const gateway = handMadeGateway({ answer: () => untilToldTo(new Promise(() => {})) })
    const running = await servedGateway(gateway)
    const response = await ask(running.url)
    await running.close({ drainMs: 10 })
    await expect(response.text()).rejects.toThrow()
  })

  test('is the same, however often it is asked for', async () => {
    const running = await servedGateway(handMadeGateway({ answer: () => saying('Hi') }))
    expect(running.close()).toBe(running.close())
  })
})
