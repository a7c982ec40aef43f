import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Header, sizeOf } from '../../src/wire/index.ts'
import { play, relay, type Relayed, type RelayOptions } from '../../src/wire/node.ts'
import { text } from '../support/bytes.ts'
import { rawServer } from '../support/raw-server.ts'

type Listener = Parameters<typeof rawServer>[0]

interface Setting extends Partial<RelayOptions> {
  readonly headers?: readonly Header[]
}

/** Puts a relay before a server; gives its URL, and what each request came to. */
async function relaying(upstream: Listener, { headers = [], ...options }: Setting = {}) {
  const url = await rawServer(upstream)
  const dispatcher = new Agent()
  onTestFinished(() => dispatcher.destroy())
  const first = Promise.withResolvers<Relayed>()
  const relayUrl = await rawServer(async ({ method = '' }, response) => {
    const relayed = await relay(
      { method, url: `${url}/path?query=1`, headers, body: method === 'GET' ? null : 'ask' },
      { dispatcher, timeoutMs: 20_000, ...options },
    )
    first.resolve(relayed)
    if (relayed.reply) await play(relayed.reply, response)
    else response.writeHead(502).end()
  })
  return { url: relayUrl, record: first.promise.then(({ record }) => record) }
}

async function ask(url: string): Promise<IncomingMessage> {
  const client = request(url, { method: 'POST' }).end('ask')
  client.on('error', () => {})
  const [response] = (await once(client, 'response')) as [IncomingMessage]
  return response
}

async function read(response: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await response.toArray())
}

describe('an answer', () => {
  test('passes with its head, and leaves a record', async () => {
    const asked = Promise.withResolvers<IncomingMessage>()
    const { url, record } = await relaying((incoming, response) => {
      asked.resolve(incoming)
      response.writeHead(203, ['X-One', '1', 'x-one', '2', 'X-Name', 'caf\u{e9}'])
      response.end('hello')
    })
    const response = await ask(url)
    expect(response.statusCode).toBe(203)
    expect(response.headers).toMatchObject({ 'x-one': '1, 2', 'x-name': 'caf\u{e9}' })
    expect((await read(response)).toString()).toBe('hello')
    expect((await asked.promise).url).toBe('/path?query=1')
    const { response: head, arrivals, end, connectMs, ...rest } = await record
    expect(head).toMatchObject({ status: 203, statusText: 'Non-Authoritative Information' })
    expect(connectMs).toBeGreaterThan(0)
    expect(text(arrivals)).toBe('hello')
    expect(end.how).toBe('complete')
    expect(rest).toMatchObject({ passedBytes: 5, isCut: false })
  })

  test('passes as it comes', async () => {
    const seen = Promise.withResolvers<void>()
    const { url } = await relaying(async (_, response) => {
      response.write('one')
      await seen.promise
      response.end('two')
    })
    const pieces: string[] = []
    for await (const piece of await ask(url)) {
      pieces.push(String(piece))
      seen.resolve()
    }
    expect(pieces).toEqual(['one', 'two'])
  })

  test('keeps its coding, byte for byte', async () => {
    const zipped = gzipSync('hello')
    const { url } = await relaying((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': zipped.length })
      response.end(zipped)
    })
    const response = await ask(url)
    expect(response.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(zipped.length),
    })
    expect(await read(response)).toEqual(zipped)
  })

  test('loses what is for one connection alone, on both ways', async () => {
    const asked = Promise.withResolvers<IncomingMessage>()
    const headers: Header[] = [
      ['Connection', 'X-Mine, close'],
      ['X-Mine', 'a'],
      ['TE', 'trailers'],
      ['Proxy-Authorization', 'Basic x'],
      ['Host', 'elsewhere'],
      ['Expect', '100-continue'],
      ['X-Kept', 'b'],
    ]
    const { url } = await relaying(
      (incoming, response) => {
        asked.resolve(incoming)
        response.writeHead(200, {
          Connection: 'X-Theirs',
          'X-Theirs': 'a',
          'Keep-Alive': 'timeout=77',
          Trailer: 'X-Sum',
        })
        response.end('ok')
      },
      { headers },
    )
    const response = await ask(url)
    expect(response.headers).not.toHaveProperty('x-theirs')
    expect(response.headers).not.toHaveProperty('trailer')
    expect(response.headers['keep-alive']).not.toBe('timeout=77')
    const sent = (await asked.promise).headers
    expect(sent).toMatchObject({ 'x-kept': 'b', host: expect.stringContaining('127.0.0.1') })
    for (const name of ['x-mine', 'te', 'proxy-authorization', 'expect']) {
      expect(sent).not.toHaveProperty(name)
    }
    await read(response)
  })

  test('is cut in the record alone', async () => {
    const { url, record } = await relaying(
      (_, response) => {
        response.write('12345')
        setTimeout(() => response.end('67890'), 20)
      },
      { keepBytes: 7 },
    )
    expect((await read(await ask(url))).toString()).toBe('1234567890')
    const { arrivals, ...rest } = await record
    expect(text(arrivals)).toBe('1234567')
    expect(rest).toMatchObject({ passedBytes: 10, isCut: true, end: { how: 'complete' } })
  })
})

describe('what goes wrong', () => {
  test('before a head is a result, and leaves the client to the caller', async () => {
    const { url, record } = await relaying(({ socket }) => socket.destroy())
    expect((await ask(url)).statusCode).toBe(502)
    expect(await record).toMatchObject({
      response: null,
      end: { how: 'failed', reason: 'premature-end' },
    })
  })

  test('a head that does not come in time is one, too', async () => {
    const { url, record } = await relaying(() => {}, { timeoutMs: 50 })
    expect((await ask(url)).statusCode).toBe(502)
    expect(await record).toMatchObject({ response: null, end: { how: 'timeout' } })
  })

  test.each<[string, (socket: IncomingMessage['socket']) => void, object]>([
    ['is reset', (socket) => socket.resetAndDestroy(), { how: 'failed', reason: 'reset' }],
    ['ends too early', (socket) => socket.destroy(), { how: 'failed', reason: 'premature-end' }],
    ['does not end in time', () => {}, { how: 'timeout' }],
  ])('an answer that %s breaks for the client', async (_, breakOff, end) => {
    const { url, record } = await relaying(
      ({ socket }, response) => {
        response.write('hello')
        setTimeout(breakOff, 50, socket)
      },
      { timeoutMs: 300 },
    )
    const response = await ask(url)
    let received = ''
    response.on('data', (bytes) => (received += bytes))
    const [error] = await once(response, 'error')
    expect(error.code).toBe('ECONNRESET')
    expect(received).toBe('hello')
    expect(await record).toMatchObject({ end, passedBytes: 5 })
  })

  test('a client that leaves ends the request, though the upstream says nothing', async () => {
    const left = Promise.withResolvers<void>()
    const { url, record } = await relaying((_, response) => {
      response.on('close', left.resolve)
      response.write('hello')
    })
    const response = await ask(url)
    await once(response, 'data')
    response.destroy()
    await left.promise
    expect((await record).end.how).toBe('aborted')
  })

  test('a signal ends a request that has no answer yet', async () => {
    const { url, record } = await relaying(() => {}, { signal: AbortSignal.timeout(50) })
    expect((await ask(url)).statusCode).toBe(502)
    expect((await record).end.how).toBe('aborted')
  })

  test('a request that cannot be made is refused', async () => {
    const made = relay(
      { method: 'GET', url: 'http://127.0.0.1:9', headers: [['a\nb', '']], body: null },
      { dispatcher: new Agent(), timeoutMs: 1_000 },
    )
    await expect(made).rejects.toThrow('invalid header key')
  })
})

const MB = 1_000_000

describe('a relay of 200 MB', () => {
  /** Writes as fast as it may; tells how far it has come. */
  function flood(progress: { written: number }, digest: (bytes: Buffer) => void): Listener {
    return async (_, response) => {
      for (let i = 0; i < 200; i++) {
        const bytes = Buffer.alloc(MB, `${i} `)
        digest(bytes)
        progress.written += bytes.length
        if (!response.write(bytes)) await once(response, 'drain')
      }
      response.end()
    }
  }

  async function standstill(progress: { readonly written: number }): Promise<number> {
    let stood
    do {
      stood = progress.written
      await sleep(200)
    } while (progress.written > stood)
    return stood
  }

  test('keeps memory flat and the bytes equal, with a reader who makes it wait', async () => {
    const sent = createHash('md5')
    const progress = { written: 0 }
    const { url, record } = await relaying(flood(progress, (bytes) => sent.update(bytes)))
    const response = await ask(url)
    // Nobody reads: the buffers of four sockets and of the system fill, and the upstream stands.
    const stood = await standstill(progress)
    expect(stood).toBeLessThan(60 * MB)

    const before = process.memoryUsage.rss()
    let most = before
    const received = createHash('md5')
    let reads = 0
    for await (const bytes of response) {
      received.update(bytes)
      most = Math.max(most, process.memoryUsage.rss())
      if (++reads % 500 === 0) await sleep(5)
    }
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect(most - before).toBeLessThan(140 * MB)
    const { arrivals, ...rest } = await record
    expect(rest).toMatchObject({ passedBytes: 200 * MB, isCut: true, end: { how: 'complete' } })
    expect(sizeOf(arrivals)).toBe(4 * 1024 * 1024)
  })
})
