import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a client saw of a connection. */
export interface RawOutcome {
  /** In latin1: a character for each byte. */
  readonly received: string
  /** By a FIN, by a RST, or not at all: nothing came for so long. */
  readonly ending: 'end' | 'reset' | 'silence'
}

/** A client that knows bytes only. */
export interface RawSocket {
  readonly socket: Socket
  /** Resolves when so much has come. */
  received(pattern: RegExp): Promise<string>
  readonly outcome: Promise<RawOutcome>
}

/** Connects to the host of a URL, for the running test at most. */
export function rawSocket(url: string): RawSocket {
  const raw = open(url, 10_000)
  onTestFinished(() => void raw.socket.destroy())
  return raw
}

function open(url: string, silenceMs: number): RawSocket {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
  let received = ''
  let waiting: (() => void)[] = []
  const { promise: outcome, resolve } = Promise.withResolvers<RawOutcome>()
  const end = (ending: RawOutcome['ending']) => {
    resolve({ received, ending })
    waiting.forEach((check) => check())
    socket.destroy()
  }
  socket.setTimeout(silenceMs, () => end('silence'))
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
    waiting.forEach((check) => check())
  })
  socket.on('end', () => end('end'))
  socket.on('error', () => end('reset'))
  return {
    socket,
    outcome,
    async received(pattern) {
      await new Promise<void>((done) => {
        const check = () => {
          if (!pattern.test(received) && !socket.destroyed) return
          waiting = waiting.filter((each) => each !== check)
          done()
        }
        waiting.push(check)
        check()
      })
      return received
    },
  }
}

/** Sends bytes on a connection of their own; gives what came back, and how it ended. */
export async function sendRaw(
  url: string,
  request: string,
  silenceMs = 10_000,
): Promise<RawOutcome> {
  const { socket, outcome } = open(url, silenceMs)
  socket.write(request, 'latin1')
  return outcome
}

/** A request as bytes, after which the server closes. */
export function lastRequest(url: string, { method, path, headers = [], body }: RawRequest): string {
  const bytes = Buffer.from(body ?? '').toString('latin1')
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${bytes.length}`]),
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${bytes}`
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string | undefined
}
