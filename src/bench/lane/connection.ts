import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { HttpProxy } from '../../wire/index.ts'
import { connectThrough } from '../../wire/node.ts'
import { StampedReads } from './stamped-reads.ts'

/** A connection, and its times on this thread's `performance.now()`. */
export class Connection {
  readonly reads: StampedReads
  /** How long it took to make, until its first request has gone out; `null` from then on. */
  connectMs: number | null
  /** When its last request was over; before that, never. */
  idleSince = Infinity

  constructor(socket: Socket, connectMs: number) {
    this.reads = new StampedReads(socket)
    this.connectMs = connectMs
  }
}

const connections = new WeakMap<object, Connection>()

/** The connection that a socket of {@link timedConnector} is. */
export function connectionOf(socket: object): Connection {
  return connections.get(socket)!
}

/** Makes connections, and takes their time: name resolution, TCP and TLS, and what a proxy takes. */
export function timedConnector(timeoutMs: number, proxy?: HttpProxy): buildConnector.connector {
  const direct = buildConnector({ timeout: timeoutMs, allowH2: false, onread: ONE_BUFFER })
  const connect = proxy ? connectThrough(proxy, direct, timeoutMs) : direct
  return (options, callback) => {
    const start = performance.now()
    connect(options, (...result) => {
      const socket: Socket | null = result[1]
      if (socket) connections.set(socket, new Connection(socket, performance.now() - start))
      callback(...result)
    })
  }
}

/** Otherwise each read has 64 kB of its own, and garbage collection makes stamps late. */
const ONE_BUFFER = {
  buffer: Buffer.allocUnsafeSlow(65_536),
  callback(this: Socket, length: number) {
    const atMs = performance.now()
    const bytes = Buffer.allocUnsafe(length)
    ONE_BUFFER.buffer.copy(bytes, 0, 0, length)
    return connectionOf(this).reads.add(bytes, atMs)
  },
}
