import { once } from 'node:events'
import { type AddressInfo, connect as connectTcp, type Socket } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { passing } from '../../support/passing.ts'
import { sendRaw } from '../../support/raw-socket.ts'
import { certificate } from '../../support/secure-server.ts'
import { tcpServer } from '../../support/tcp-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const REQUEST = 'GET /v1 HTTP/1.1\r\nHost: tap\r\n\r\n'

let pair: { cert: string; key: string }
beforeAll(async () => {
  pair = await certificate()
})

/** Starts a bare TLS server for the running test; gives its port, and what it received. */
async function tlsServer(onRequest: (socket: TLSSocket, raw: Socket) => void) {
  const seen = { received: '', ended: 0, servername: '' }
  const raws: Socket[] = []
  const server = createServer({ ...pair, allowHalfOpen: true }, (socket) => {
    const raw = raws.at(-1)!
    seen.servername = String((socket as { servername?: unknown }).servername)
    socket.on('error', () => {})
    socket.on('end', () => (seen.ended += 1))
    socket.on('data', (bytes) => {
      seen.received += bytes.toString('latin1')
      onRequest(socket, raw)
    })
  })
  server.on('connection', (raw: Socket) => void raws.push(raw))
  server.on('tlsClientError', () => {})
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const raw of raws) raw.destroy()
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

/** Asks over TLS; gives what came, and how it ended. */
async function sendSecure(url: string, request: string) {
  const { port, hostname } = new URL(url)
  const socket = connect({
    host: hostname,
    port: Number(port),
    servername: 'localhost',
    ca: pair.cert,
  })
  let received = ''
  socket.on('data', (bytes) => (received += bytes.toString('latin1')))
  const ending = new Promise<string>((done) => {
    socket.on('end', () => done('end'))
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code!))
  })
  socket.write(request)
  const how = await ending
  socket.destroy()
  return { received, ending: how }
}

describe('an upstream behind TLS', () => {
  test('that cannot be trusted is not asked, and the log says why', async () => {
    const { port, seen } = await tlsServer((socket) => socket.end(OK))
    const pass = await passing(`https://localhost:${port}`)
    expect(await sendRaw(pass.url, REQUEST)).toEqual({ received: '', ending: 'reset' })
    expect(seen.received).toBe('')
    const [exchange] = await pass.seen(1)
    expect(exchange!.end).toMatchObject({
      how: 'failed',
      reason: 'tls',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(exchange!.connectMs).toBeNull()
    expect(pass.events.map(({ kind }) => kind)).toContain('unreachable')
  })

  test('is asked even so where that is allowed, by its name', async () => {
    const { port, seen } = await tlsServer((socket) => socket.end(OK))
    const pass = await passing(`https://localhost:${port}`, { insecure: true })
    expect(await sendRaw(pass.url, REQUEST)).toEqual({ received: OK, ending: 'end' })
    expect(seen.received).toBe(REQUEST.replace('tap', `localhost:${port}`))
    expect(seen.servername).toBe('localhost')
    const [exchange] = await pass.seen(1)
    expect(exchange!.request.url).toBe(`https://localhost:${port}/v1`)
    expect(exchange!.connectMs).toBeGreaterThan(0)
    expect(exchange!.end.how).toBe('complete')
  })

  test('that resets the connection does so for the client', async () => {
    const head = OK.slice(0, -1)
    const { port } = await tlsServer((socket, raw) =>
      socket.write(head, () => setTimeout(() => raw.resetAndDestroy(), 20)),
    )
    const pass = await passing(`https://localhost:${port}`, { insecure: true })
    expect(await sendRaw(pass.url, REQUEST)).toEqual({ received: head, ending: 'reset' })
    expect((await pass.seen(1))[0]!.end).toMatchObject({ how: 'failed', reason: 'reset' })
  })

  test('that is none says so', async () => {
    const port = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const pass = await passing(`https://localhost:${port}`, { insecure: true })
    expect(await sendRaw(pass.url, REQUEST)).toEqual({ received: '', ending: 'reset' })
    expect((await pass.seen(1))[0]!.end).toMatchObject({ how: 'failed', reason: 'tls' })
  })
})

describe('clients behind TLS', () => {
  test('are answered, and each side ends as the other does', async () => {
    const port = await tcpServer((socket) => socket.on('data', () => socket.end(OK)))
    const pass = await passing(`http://127.0.0.1:${port}`, { tls: pair })
    expect(pass.url).toMatch(/^https:/)
    expect(await sendSecure(pass.url, REQUEST)).toEqual({ received: OK, ending: 'end' })
  })

  test('are told of a reset', async () => {
    const port = await tcpServer((socket) =>
      socket.on('data', () =>
        socket.write(OK, () => setTimeout(() => socket.resetAndDestroy(), 20)),
      ),
    )
    const pass = await passing(`http://127.0.0.1:${port}`, { tls: pair })
    expect(await sendSecure(pass.url, REQUEST)).toEqual({ received: OK, ending: 'ECONNRESET' })
  })

  test('may have an upstream behind TLS, too', async () => {
    const { port, seen } = await tlsServer((socket) => socket.end(OK))
    const pass = await passing(`https://localhost:${port}`, { tls: pair, insecure: true })
    expect(await sendSecure(pass.url, REQUEST)).toEqual({ received: OK, ending: 'end' })
    await expect.poll(() => seen.ended).toBe(1)
  })

  test('that speak no TLS, or leave within the handshake, disturb nobody', async () => {
    const port = await tcpServer((socket) => socket.on('data', () => socket.end(OK)))
    const pass = await passing(`http://127.0.0.1:${port}`, { tls: pair })
    expect((await sendRaw(pass.url, REQUEST)).received).not.toContain('200')
    const { hostname, port: own } = new URL(pass.url)
    const leaver = connectTcp(Number(own), hostname)
    await once(leaver, 'connect')
    leaver.resetAndDestroy()
    await expect.poll(() => pass.events.filter(({ kind }) => kind === 'closed').length).toBe(2)
    expect(await sendSecure(pass.url, REQUEST)).toEqual({ received: OK, ending: 'end' })
  })

  test('need a certificate that can be read', async () => {
    const started = passing('http://127.0.0.1:9', { tls: { cert: 'none', key: 'none' } })
    await expect(started).rejects.toThrow(/PEM|no start line/i)
  })
})
