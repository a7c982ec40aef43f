import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface TestProxy {
  /** `http://127.0.0.1:port`, or with TLS `https://localhost:port`. */
  readonly url: string
  /** What it was asked for, line by line. */
  readonly lines: readonly string[]
  /** The credentials that came with each of them. */
  readonly credentials: readonly (string | undefined)[]
}

export interface TestProxyOptions {
  /** Answers everything with this status. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Takes the connection, and is silent. */
  readonly silent?: boolean
  /** With TLS itself. */
  readonly tls?: ServerOptions
}

/** Starts an HTTP proxy for the running test. Whatever the host is called, it is on this machine. */
export async function httpProxy(options: TestProxyOptions = {}): Promise<TestProxy> {
  const { status, headers = {}, silent = false, tls } = options
  const lines: string[] = []
  const credentials: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const note = ({ method, url, headers: own }: IncomingMessage) => {
    lines.push(`${method} ${url}`)
    credentials.push(own['proxy-authorization'])
  }
  const forward: RequestListener = (incoming, outgoing) => {
    note(incoming)
    if (silent) return
    if (status !== undefined) {
      outgoing.writeHead(status, headers).end('the proxy says no')
      return
    }
    const { port, pathname, search } = new URL(incoming.url!)
    const { 'proxy-authorization': _, ...passedOn } = incoming.headers
    const inner = request(
      {
        host: '127.0.0.1',
        port,
        method: incoming.method,
        path: pathname + search,
        headers: passedOn,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    outgoing.on('close', () => inner.destroy())
    inner.on('error', () => outgoing.destroy())
    incoming.pipe(inner)
  }
  const server = tls ? createSecureServer(tls, forward) : createServer(forward)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    note(incoming)
    if (silent) return
    if (status !== undefined) {
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 ${status} No\r\n${head.join('')}content-length: 3\r\n\r\nno\n`)
      return
    }
    const inner = connect(Number(/\d+$/.exec(incoming.url!)![0]), 'localhost', () =>
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    )
    socket.on('error', () => inner.destroy()).pipe(inner)
    inner.on('error', () => socket.destroy()).pipe(socket)
  })
  server.listen(0, tls ? 'localhost' : '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as AddressInfo
  return { url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`, lines, credentials }
}
