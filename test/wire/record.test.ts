import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BOUNDS, type Exchange, type HttpRequest } from '../../src/wire/index.ts'
import { record, type RecordOptions } from '../../src/wire/node.ts'
import { text } from '../support/bytes.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'

function post(
  url: string,
  options: Partial<RecordOptions> = {},
  request: Partial<HttpRequest> = {},
) {
  return record(
    {
      method: 'POST',
      url,
      headers: [['content-type', 'application/json']],
      body: '{}',
      ...request,
    },
    { probe: 'a-probe', timeoutMs: 20_000, ...options },
  )
}

/** A server that answers the first bytes of a request with fixed bytes, and then does something. */
async function tcpServer(answer: string, then: 'end' | 'reset' | 'nothing'): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(answer, () => {
        if (then === 'end') socket.end()
        if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 30)
      })
    })
    onTestFinished(() => {
      socket.destroy()
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a good exchange', () => {
  test('keeps head, body and times', async () => {
    const arrived = Promise.withResolvers<unknown>()
    const url = await rawServer(async (_, response) => {
      response.writeHead(201, { 'X-Name': 'one' })
      response.write('hello ')
      await arrived.promise
      setTimeout(() => response.end('world'), 40)
    })
    const exchange = await post(url, { onArrival: arrived.resolve })
    expect(exchange.response).toMatchObject({ status: 201, statusText: 'Created' })
    expect(exchange.response?.headers).toContainEqual(['X-Name', 'one'])
    expect(text(exchange.arrivals)).toBe('hello world')
    expect(exchange.end.how).toBe('complete')
    const [first, second] = exchange.arrivals
    expect(second!.atMs - first!.atMs).toBeGreaterThan(25)
    expect(exchange.end.atMs).toBeGreaterThanOrEqual(second!.atMs)
    expect(exchange.connectMs).toBeGreaterThan(0)
  })

  test('names its probe, and asks for no compression', async () => {
    let seen: unknown
    const url = await rawServer(({ headers }, response) => {
      seen = headers
      response.end()
    })
    await post(url)
    expect(seen).toMatchObject({ 'x-soundcheck-probe': 'a-probe', 'accept-encoding': 'identity' })
  })

  test('undoes a content coding, each piece at its time', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('squeezed'))
    })
    const exchange = await post(url, {}, { headers: [['accept-encoding', 'gzip']] })
    expect(text(exchange.decoded!)).toBe('squeezed')
    expect(exchange.decoded![0]!.atMs).toBe(exchange.arrivals[0]!.atMs)
  })

  test('does not take other bytes for their content coding', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end('not gzip at all')
    })
    expect((await post(url)).decoded).toBeNull()
  })

  test('does not follow a redirect', async () => {
    let requests = 0
    const url = await rawServer((_, response) => {
      requests++
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect((await post(url)).response?.status).toBe(307)
    expect(requests).toBe(1)
  })
})

describe('what goes wrong', () => {
  const reason = ({ end }: Exchange) => (end.how === 'failed' ? end.reason : end.how)

  test('no such host', async () => {
    const exchange = await post('http://no-such-host.invalid')
    expect(reason(exchange)).toBe('dns')
    expect(exchange).toMatchObject({ response: null, connectMs: null, arrivals: [] })
  })

  test('nothing listens', async () => {
    expect(reason(await post('http://127.0.0.1:1'))).toBe('refused')
  })

  test('no TLS', async () => {
    const url = await rawServer((_, response) => response.end())
    expect(reason(await post(url.replace('http:', 'https:')))).toBe('tls')
  })

  test('a port that accepts, and never answers the handshake', async () => {
    const url = (await tcpServer('', 'nothing')).replace('http:', 'https:')
    const { connectMs, end } = await post(url, { timeoutMs: 1_000 })
    expect(connectMs).toBeNull()
    expect(end).toMatchObject({ how: 'failed', code: 'ERR_TLS_HANDSHAKE_TIMEOUT' })
  })

  test('reset in the middle of the body', async () => {
    const url = await tcpServer('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf', 'reset')
    const exchange = await post(url)
    expect(reason(exchange)).toBe('reset')
    expect(text(exchange.arrivals)).toBe('half')
  })

  test('closed before the length it promised', async () => {
    const url = await tcpServer('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf', 'end')
    const exchange = await post(url)
    expect(reason(exchange)).toBe('premature-end')
    expect(text(exchange.arrivals)).toBe('half')
  })

  test('closed before the last chunk', async () => {
    const url = await tcpServer(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
      'end',
    )
    expect(reason(await post(url))).toBe('premature-end')
  })

  test('not HTTP', async () => {
    const exchange = await post(await tcpServer('hello there\r\n\r\n', 'end'))
    expect(reason(exchange)).toBe('malformed')
    expect(exchange.end).toMatchObject({
      message: expect.stringContaining('"hello there\\r\\n\\r\\n"') as string,
    })
  })

  test('broken chunk sizes', async () => {
    const url = await tcpServer(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n',
      'nothing',
    )
    expect(reason(await post(url))).toBe('malformed')
  })

  test('a silent socket', async () => {
    const started = performance.now()
    const exchange = await post(await rawServer(() => {}), { timeoutMs: 200 })
    expect(exchange).toMatchObject({ response: null, end: { how: 'timeout' } })
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('a body that never stops', async () => {
    const url = await rawServer((_, response) => {
      const pour = () => {
        while (response.write('x'.repeat(10_000)));
      }
      response.on('drain', pour)
      pour()
    })
    const exchange = await post(url)
    expect(exchange.end.how).toBe('too-large')
    expect(text(exchange.arrivals).length).toBeLessThan(BOUNDS.answer.bytes + 1_000_000)
  })

  test('a body in more pieces than are worth keeping', async () => {
    const chunk = '1\r\nx\r\n'
    const url = await tcpServer(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(200_000)}`,
      'nothing',
    )
    const exchange = await post(url)
    expect(exchange.end.how).toBe('too-large')
    expect(exchange.arrivals).toHaveLength(BOUNDS.answer.reads + 1)
  })

  test('a body that is small only as long as it is compressed', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync(Buffer.alloc(4 * BOUNDS.answer.bytes, 'x')))
    })
    const exchange = await post(url, {}, { headers: [['accept-encoding', 'gzip']] })
    expect(exchange.end.how).toBe('too-large')
    expect(text(exchange.decoded!).length).toBeLessThan(BOUNDS.answer.bytes + 1_000_000)
  })

  test('what came in before the deadline counts, although it is read after it', async () => {
    const url = await rawServer((_, response) => {
      response.end('in time', () => {
        // This thread, which also records, is held up until then.
        holdUp(2_500)
      })
    })
    const exchange = await post(url, { timeoutMs: 2_000 })
    expect(exchange.end.how).toBe('complete')
    expect(text(exchange.arrivals)).toBe('in time')
  })

  test('a header that HTTP forbids is the mistake of the caller', async () => {
    await expect(post('http://127.0.0.1:1', {}, { headers: [['a', 'b\nc']] })).rejects.toThrow(
      'header',
    )
  })
})

describe('a body with blanks after it', () => {
  test.each([
    ['"Hallo, Größe 👋"', 1_000_000],
    ['"longer than asked for"', 3],
  ])('%s, %d bytes', async (body, paddedTo) => {
    const url = await rawServer(async (request, response) => {
      const sent = await buffer(request)
      response.end(
        JSON.stringify([request.headers['content-length'], sent.length, String(sent).trimEnd()]),
      )
    })
    const { arrivals, request } = await post(url, { paddedTo }, { body })
    expect(request.body).toBe(body)
    const length = Math.max(paddedTo, Buffer.byteLength(body))
    expect(JSON.parse(text(arrivals))).toEqual([String(length), length, body])
  })

  test('that is refused before it is read', async () => {
    const refusal = 'HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno'
    for (const then of ['end', 'nothing'] as const) {
      const { response, end, arrivals } = await post(await tcpServer(refusal, then), {
        paddedTo: 20_000_000,
      })
      expect([response?.status, text(arrivals), end.how]).toEqual([413, 'no', 'complete'])
    }
  })

  test('that breaks the connection', async () => {
    const { response, end } = await post(await tcpServer('', 'reset'), { paddedTo: 20_000_000 })
    expect(response).toBeNull()
    expect(end).toMatchObject({ how: 'failed', reason: 'reset' })
  })

  test('that nobody reads', async () => {
    const { end } = await post(await tcpServer('', 'nothing'), {
      paddedTo: 20_000_000,
      timeoutMs: 300,
    })
    expect(end.how).toBe('timeout')
  })
})

describe('hanging up', () => {
  test('an abort ends the exchange, and reaches the server', async () => {
    const left = Promise.withResolvers<void>()
    const url = await rawServer((_, response) => {
      response.write('first')
      response.on('close', () => left.resolve())
    })
    const controller = new AbortController()
    const exchange = await post(url, {
      signal: controller.signal,
      onArrival: () => controller.abort(),
    })
    expect(exchange.end.how).toBe('aborted')
    expect(text(exchange.arrivals)).toBe('first')
    await left.promise
  })

  test.each([['[DONE]\n\n'], ['[DO', 'NE]\n\n'], ['{}\n\n', 'data:[DONE]\n\n']])(
    'a response that stays open after its terminator is held open: %j',
    async (...pieces) => {
      const url = await rawServer(async (_, response) => {
        response.write('data: ')
        for (const piece of pieces) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          response.write(piece)
        }
      })
      const exchange = await post(url, { terminator: { data: '[DONE]' }, lingerMs: 100 })
      expect(exchange.end.how).toBe('held-open')
    },
  )
})
