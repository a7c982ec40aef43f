import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { readLater } from './read-later.ts'

/** Times of a connection, on this thread's `performance.now()`. */
export class Connection {
  /** How long it took to make, until its first request has gone out; `null` from then on. */
  connectMs: number | null
  /** When its last request was over; before that, never. */
  idleSince = Infinity
  /**
   * When the bytes came in that are being read: one stamp for a read, before anything in it is looked
   * at. Of several reads, the last; `null` in between.
   */
  readAt: number | null = null

  constructor(connectMs: number) {
    this.connectMs = connectMs
  }
}

const connections = new WeakMap<object, Connection>()

/** The connection that a socket of {@link timedConnector} is. */
export function connectionOf(socket: object): Connection {
  return connections.get(socket)!
}

/** Makes connections, and takes their time: name resolution, TCP and TLS. */
export function timedConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false, onread: ONE_BUFFER })
  return (options, callback) => {
    const start = performance.now()
    connect(options, (...result) => {
      const socket: Socket | null = result[1]
      if (socket) {
        const connection = new Connection(performance.now() - start)
        connections.set(socket, connection)
        readLater(socket, () => (connection.readAt = null))
      }
      callback(...result)
    })
  }
}

/** Otherwise each read has 64 kB of its own, and garbage collection makes stamps late. */
const ONE_BUFFER = {
  buffer: Buffer.allocUnsafeSlow(65_536),
  callback(this: Socket, length: number) {
    const connection = connections.get(this)
    if (connection) connection.readAt = performance.now()
    const bytes = Buffer.allocUnsafe(length)
    ONE_BUFFER.buffer.copy(bytes, 0, 0, length)
    return this.push(bytes)
  },
}
