import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { passing } from '../../support/passing.ts'
import { lastRequest, rawSocket, sendRaw } from '../../support/raw-socket.ts'
import { rawServer } from '../../support/raw-server.ts'
import { settled } from '../../support/settled.ts'
import { tcpServer } from '../../support/tcp-server.ts'

/** A server that does what it is told when the bytes of a request have come; tells what came. */
async function upstream(answer: (socket: Socket, received: string) => void) {
  const seen = { connections: [] as Socket[], received: '', ended: 0 }
  const port = await tcpServer((socket) => {
    seen.connections.push(socket)
    socket.on('end', () => (seen.ended += 1))
    socket.on('data', (bytes) => {
      seen.received += bytes.toString('latin1')
      answer(socket, seen.received)
    })
  })
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, seen }
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** Answers each request that has no body. */
const answerEach = (socket: Socket, received: string) => {
  const asked = received.split('\r\n\r\n').length - 1
  const { answered = 0 } = socket as { answered?: number }
  Object.assign(socket, { answered: asked })
  for (let i = answered; i < asked; i++) socket.write(OK)
}

describe('a request', () => {
  test('reaches the upstream as it is, but for the host and what is for a proxy', async () => {
    const { url, host, seen } = await upstream((socket) => socket.end(OK))
    const pass = await passing(url)
    await sendRaw(
      pass.url,
      'POST /v1/a%20b/../c?x=%2f&&y HTTP/1.1\r\nhOsT:  tap.example \r\nX-Odd:\t a  b\t\r\nx-odd: caf\xe9\r\n' +
        'Proxy-Connection: keep-alive\r\nHosts: tap\r\nTE: trailers\r\nconnection: x-mine\r\nX-Mine: 1\r\ncontent-length: 5\r\n\r\nHost:',
    )
    expect(seen.received).toBe(
      `POST /v1/a%20b/../c?x=%2f&&y HTTP/1.1\r\nhOsT:  ${host} \r\nX-Odd:\t a  b\t\r\nx-odd: caf\xe9\r\n` +
        'Hosts: tap\r\nTE: trailers\r\nconnection: x-mine\r\nX-Mine: 1\r\ncontent-length: 5\r\n\r\nHost:',
    )
  })

  test('goes on byte by byte, as it comes', async () => {
    const { url, host, seen } = await upstream(() => {})
    const pass = await passing(url)
    const { socket } = rawSocket(pass.url)
    const request = `GET /v1 HTTP/1.1\r\nA: b\r\nHost: tap\r\nB: c\r\n\r\n`
    for (let i = 0; i < request.length; i++) {
      socket.write(request[i]!)
      const line = request
        .slice(0, i + 1)
        .split('\r\n')
        .at(-1)!
      const isHeld =
        line !== '' && ('host:'.startsWith(line.toLowerCase()) || line.startsWith('Host:'))
      const sent = request.slice(0, i + 1)
      const due = (isHeld ? sent.slice(0, -line.length) : sent).replace(
        'Host: tap\r\n',
        `Host: ${host}\r\n`,
      )
      await settled(() => seen.received.length >= due.length - (line.endsWith('\r') ? 1 : 0))
      expect(due.startsWith(seen.received)).toBe(true)
    }
    await settled(() => seen.received === request.replace('tap', host))
  })

  test('without a host, with two, or with an empty one stays so', async () => {
    const { url, host, seen } = await upstream((socket) => socket.end(OK))
    const pass = await passing(url)
    await sendRaw(pass.url, 'GET /1 HTTP/1.0\r\n\r\n')
    await sendRaw(pass.url, 'GET /2 HTTP/1.1\r\nHost:\r\n\r\n')
    await sendRaw(pass.url, 'GET /3 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')
    expect(seen.received).toBe(
      `GET /1 HTTP/1.0\r\n\r\nGET /2 HTTP/1.1\r\nHost:\r\n\r\nGET /3 HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}\r\n\r\n`,
    )
  })

  test.each([
    ['a TLS client', '\x16\x03\x01\x02\x00\x01'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a word without an end', 'hello'],
    ['lines folded', 'GET / HTTP/1.1\r\nA: b\r\n c\r\nHost: tap\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\n\r\nraw Host: x\r\n'],
  ])('that is %s goes on raw', async (_, bytes) => {
    const { url, seen } = await upstream(() => {})
    const pass = await passing(url)
    const { socket } = rawSocket(pass.url)
    socket.write(bytes, 'latin1')
    await settled(() => seen.received === bytes)
    socket.end()
    await settled(() => seen.ended === 1)
  })

  test('with a body in chunks and trailers passes, and the next is read behind it', async () => {
    const { url, host, seen } = await upstream((socket, received) => {
      if (received.endsWith('\r\n\r\n')) socket.write(OK)
    })
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    const request = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: HERE\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nHost:\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n`
    client.socket.write(request('/one').replace('HERE', 'tap'))
    await client.received(/ok/)
    client.socket.write(request('/two').replace('HERE', 'tap'))
    await client.received(/ok.*ok/s)
    expect(seen.received).toBe((request('/one') + request('/two')).replaceAll('HERE', host))
    const [one, two] = await pass.seen(2)
    expect(one!.request).toMatchObject({ url: `${url}/one`, body: 'Host:hi' })
    expect(two!.request).toMatchObject({ url: `${url}/two`, body: 'Host:hi' })
    expect(seen.connections).toHaveLength(1)
  })

  test('that waits for 100 Continue is told so', async () => {
    const server = createServer()
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      response.writeContinue()
      request.on('data', () => {}).on('end', () => response.end('ok'))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write(
      'POST / HTTP/1.1\r\nHost: tap\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n',
    )
    expect(await client.received(/\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    client.socket.write('body')
    await client.received(/ok/)
    const [exchange] = await pass.seen(1)
    expect(exchange).toMatchObject({ request: { body: 'body' }, response: { status: 200 } })
    expect(pass.infos[0]!.interim).toMatchObject([{ status: 100 }])
    client.socket.destroy()
    server.close()
  })
})

describe('a connection', () => {
  test('is opened when the first byte comes, and lives as long as that of the client', async () => {
    const { url, seen } = await upstream(answerEach)
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    await sleep(50)
    expect(seen.connections).toHaveLength(0)
    for (let i = 1; i <= 3; i++) {
      client.socket.write(`GET /${i} HTTP/1.1\r\nHost: tap\r\n\r\n`)
      await client.received(new RegExp(`(?:ok.*){${i}}`, 's'))
    }
    expect(seen.connections).toHaveLength(1)
    expect((await pass.seen(3)).map(({ id, connectMs }) => [id, connectMs === 0])).toEqual([
      ['tap-1', false],
      ['tap-2', true],
      ['tap-3', true],
    ])
    expect(pass.infos.map(({ connection, nth }) => [connection, nth])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ])
    client.socket.end()
    await settled(() => seen.ended === 1)
  })

  test('takes requests that do not wait for an answer', async () => {
    const { url, host, seen } = await upstream(answerEach)
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    const requests = [1, 2, 3].map((i) => `GET /${i} HTTP/1.1\r\nHost: tap\r\n\r\n`).join('')
    client.socket.write(requests)
    expect(await client.received(/(?:ok.*){3}/s)).toBe(OK + OK + OK)
    expect(seen.received).toBe(requests.replaceAll('tap', host))
    const paths = (await pass.seen(3)).map(({ request }) => new URL(request.url).pathname)
    expect(paths).toEqual(['/1', '/2', '/3'])
  })

  test('with too many requests that wait is no longer observed', async () => {
    const { url, seen } = await upstream(() => {})
    const pass = await passing(url)
    const { socket } = rawSocket(pass.url)
    const request = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    socket.write(request.repeat(33))
    await settled(() => seen.received.split('GET').length === 34)
    expect(pass.events).toContainEqual({
      kind: 'unobserved',
      why: 'unreadable',
      side: 'client',
      reason: 'Too many requests wait for an answer',
    })
  })

  test('that the client half-closes is still answered', async () => {
    const { url, seen } = await upstream((socket) => socket.on('end', () => socket.end(OK)))
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.end('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    expect(await client.outcome).toEqual({ received: OK, ending: 'end' })
    expect(seen.ended).toBe(1)
    expect((await pass.seen(1))[0]).toMatchObject({ end: { how: 'complete' } })
    await settled(() => pass.events.some(({ kind }) => kind === 'closed'))
  })

  test('that the upstream half-closes still takes what the client sends', async () => {
    const { url, seen } = await upstream((socket, received) => {
      if (!received.endsWith('rest')) socket.end(OK)
    })
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.removeAllListeners('end')
    client.socket.write('POST / HTTP/1.1\r\nHost: tap\r\nContent-Length: 4\r\n\r\n')
    await once(client.socket, 'end')
    client.socket.end('rest')
    await settled(() => seen.received.endsWith('rest') && seen.ended === 1)
  })

  test('that the upstream half-closes takes even what it is slow to read', async () => {
    let received = 0
    const { url } = await upstream((socket, asked) => {
      received = asked.length
      if (!socket.writableEnded) socket.end(OK)
      // Slower than the client, to the last byte.
      socket.pause()
      setTimeout(() => socket.resume(), 2)
    })
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.removeAllListeners('end')
    const head = 'POST / HTTP/1.0\r\nContent-Length: 9000000\r\n\r\n'
    client.socket.write(head)
    await once(client.socket, 'end')
    client.socket.end(Buffer.alloc(9_000_000))
    await settled(() => received === head.length + 9_000_000)
  })

  test.each<[string, (socket: Socket) => void]>([
    ['leaves', (socket) => socket.destroy()],
    ['breaks it', (socket) => socket.resetAndDestroy()],
  ])('whose client %s is closed upstream within moments', async (_, leave) => {
    const { url, seen } = await upstream((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'),
    )
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    await client.received(/hello/)
    const [socket] = seen.connections
    const over = new Promise<void>((done) => socket!.on('end', done).on('error', () => done()))
    const leftAt = performance.now()
    leave(client.socket)
    await over
    expect(performance.now() - leftAt).toBeLessThan(10_000)
    socket!.destroy()
    const [exchange] = await pass.seen(1)
    expect(exchange).toMatchObject({ response: { status: 200 }, end: { how: 'aborted' } })
  })

  test('to nobody leaves the client without an answer, and says why', async () => {
    const pass = await passing(`http://127.0.0.1:${await freePort()}`)
    const outcome = await sendRaw(pass.url, lastRequest(pass.url, { method: 'GET', path: '/' }))
    expect(outcome).toEqual({ received: '', ending: 'reset' })
    const [exchange] = await pass.seen(1)
    expect(exchange).toMatchObject({
      connectMs: null,
      response: null,
      end: { how: 'failed', reason: 'refused', code: 'ECONNREFUSED' },
    })
    expect(pass.events).toContainEqual({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      message: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  test('is made anew for each client: an upstream that restarts is found', async () => {
    const port = await freePort()
    const pass = await passing(`http://127.0.0.1:${port}`)
    const request = lastRequest(pass.url, { method: 'GET', path: '/' })
    expect((await sendRaw(pass.url, request)).ending).toBe('reset')
    const server = createServer((_, response) => response.end('back')).listen(port, '127.0.0.1')
    await once(server, 'listening')
    expect((await sendRaw(pass.url, request)).received).toContain('back')
    server.close()
  })

  test('is made to where the name leads now: an upstream that moves is found', async () => {
    const port = await freePort()
    const addresses = ['127.0.0.1', '::1']
    for (const address of addresses) {
      const server = createServer((_, response) => response.end(`at ${address}`))
      await once(server.listen(port, address), 'listening')
      onTestFinished(() => void server.close())
    }
    const pass = await passing(`http://voice.example:${port}`)
    const names: string[] = []
    // Nothing here can move a real name.
    const lookup = vi
      .spyOn(dns, 'lookup')
      .mockImplementation((name: string, ...rest: readonly unknown[]) => {
        const address = addresses[names.push(name) - 1]!
        const done = rest.at(-1) as (error: null, found: object[]) => void
        done(null, [{ address, family: isIP(address) }])
      })
    onTestFinished(() => lookup.mockRestore())
    const request = lastRequest(pass.url, { method: 'GET', path: '/' })
    expect((await sendRaw(pass.url, request)).received).toContain('at 127.0.0.1')
    expect((await sendRaw(pass.url, request)).received).toContain('at ::1')
    expect(names).toEqual(['voice.example', 'voice.example'])
  })

  test('breaks with the pass, which ends', async () => {
    const { url, seen } = await upstream(() => {})
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    await settled(() => seen.received !== '')
    await pass.close()
    expect((await client.outcome).ending).toBe('reset')
    expect(pass.exchanges).toMatchObject([{ end: { how: 'aborted' } }])
  })
})

describe('an answer', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'

  test.each<[string, string, 'end' | 'reset', string | null]>([
    ['dies before', '', 'end', 'premature-end'],
    ['breaks before', '', 'reset', 'reset'],
    ['dies within', `${HEAD}hello`, 'end', 'premature-end'],
    ['breaks within', `${HEAD}hello`, 'reset', 'reset'],
    ['dies after', `${HEAD}hello you`, 'end', null],
    ['breaks after', `${HEAD}hello you`, 'reset', null],
    ['closes after one without a length', 'HTTP/1.0 200 OK\r\n\r\nhello', 'end', null],
    ['breaks one without a length', 'HTTP/1.0 200 OK\r\n\r\nhello', 'reset', 'reset'],
  ])('of an upstream that %s ends so for the client', async (_, bytes, ending, reason) => {
    const { url } = await upstream((socket) => {
      socket.write(bytes, 'latin1', () => {
        if (ending === 'end') socket.end()
        // Whoever reads must have had what came before.
        else setTimeout(() => socket.resetAndDestroy(), 20)
      })
    })
    const pass = await passing(url)
    const request = lastRequest(pass.url, { method: 'GET', path: '/' })
    expect(await sendRaw(pass.url, request)).toEqual({ received: bytes, ending })
    const [exchange] = await pass.seen(1)
    expect(exchange!.end).toMatchObject(
      reason === null ? { how: 'complete' } : { how: 'failed', reason },
    )
  })

  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('to %s without a body is followed by the next', async (method, bytes) => {
    const { url } = await upstream((socket, received) =>
      socket.write(received.includes('/2') ? OK : bytes),
    )
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write(`${method} /1 HTTP/1.1\r\nHost: tap\r\n\r\n`)
    expect(await client.received(/\r\n\r\n/)).toBe(bytes)
    client.socket.write('GET /2 HTTP/1.1\r\nHost: tap\r\n\r\n')
    await client.received(/ok/)
    expect((await pass.seen(2)).map(({ end, arrivals }) => [end.how, arrivals.length])).toEqual([
      ['complete', 0],
      ['complete', 1],
    ])
  })

  test('passes with early hints, extensions of chunks, and trailers', async () => {
    const bytes =
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Very Fine\r\nTRAILER: x\r\n' +
      'Transfer-Encoding: chunked\r\n\r\n003;ext="1"\r\nabc\r\n2\r\nde\r\n000\r\nX-Sum: 7\r\n\r\n'
    const { url } = await upstream((socket) => socket.write(bytes))
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    expect(await client.received(/Sum: 7\r\n\r\n/)).toBe(bytes)
    const [exchange] = await pass.seen(1)
    expect(exchange).toMatchObject({
      response: { status: 200, statusText: 'Very Fine' },
      arrivals: [{ bytes: Buffer.from('abc') }, { bytes: Buffer.from('de') }],
      end: { how: 'complete' },
    })
    expect(pass.infos[0]).toMatchObject({
      interim: [{ status: 103, headers: [['Link', '</a>']] }],
      trailers: [['X-Sum', '7']],
    })
  })

  test('that cannot be read passes, and what follows is not observed', async () => {
    const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n'
    const { url } = await upstream((socket) => socket.write(bytes))
    const pass = await passing(url)
    const client = rawSocket(pass.url)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    expect(await client.received(/zz\r\n/)).toBe(bytes)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n')
    await client.received(/zz.*zz\r\n/s)
    const end = { how: 'failed', reason: 'malformed', code: 'HTTPParserError' }
    expect(await pass.seen(1)).toMatchObject([{ end }])
    expect(pass.events).toContainEqual({
      kind: 'unobserved',
      why: 'unreadable',
      side: 'upstream',
      reason: 'Invalid character in chunk size',
    })
  })

  test('of another protocol makes both ways raw', async () => {
    const server = createServer()
    server.on('upgrade', (_, socket: Socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n',
      )
      socket.on('data', (bytes) => socket.write(bytes)).on('error', () => {})
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const pass = await passing(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
    const client = rawSocket(pass.url)
    client.socket.write(
      'GET / HTTP/1.1\r\nHost: tap\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n',
    )
    await client.received(/101/)
    client.socket.write('GET / HTTP/1.1\r\nHost: tap\r\n\r\n\0\xff', 'latin1')
    expect(await client.received(/\xff/)).toMatch(/Host: tap\r\n\r\n\0\xff$/)
    expect(pass.events.at(-1)).toEqual({ kind: 'unobserved', why: 'upgraded' })
    expect(pass.exchanges).toEqual([])
    client.socket.destroy()
    server.close()
  })

  test('is not delayed by who takes exchanges, and waits for its turn', async () => {
    const taken: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const url = await rawServer((_, response) => response.end('ok'))
    const pass = await passing(url, {
      async onExchange({ id }) {
        await promise
        taken.push(id)
      },
    })
    const request = lastRequest(pass.url, { method: 'GET', path: '/' })
    for (let i = 0; i < 5; i++) expect((await sendRaw(pass.url, request)).ending).toBe('end')
    expect(taken).toEqual([])
    resolve()
    await settled(() => taken.length === 5)
    expect(taken).toEqual(['tap-1', 'tap-2', 'tap-3', 'tap-4', 'tap-5'])
  })
})
