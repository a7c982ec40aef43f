import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const END = Buffer.from('0\r\n\r\n')
const ignore = () => {}

/** A keep-alive connection that does as little as a client can, so that the server is measured. */
export class Connection {
  readonly #socket: Socket
  #onBytes: (bytes: Buffer) => void = ignore
  #tail: Buffer = Buffer.alloc(0)
  #done: () => void = ignore
  #failed: (error: Error) => void = ignore

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay()
    socket.on('data', (bytes) => this.#read(bytes))
    socket.on('error', (error) => this.#failed(error))
    socket.on('close', () => this.#failed(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** Sends a request; what comes back is given away piece by piece, until the chunked body is over. */
  ask(request: Buffer, onBytes: (bytes: Buffer) => void = ignore): Promise<void> {
    this.#onBytes = onBytes
    this.#socket.write(request)
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
    })
  }

  close(): void {
    this.#failed = ignore
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    this.#onBytes(bytes)
    this.#tail = bytes.length < END.length ? Buffer.concat([this.#tail, bytes]) : bytes
    if (this.#tail.subarray(-END.length).equals(END)) this.#done()
  }
}

/** So many connections. */
export async function openAll(port: number, count: number): Promise<Connection[]> {
  const connections: Connection[] = []
  // One after the other, since a backlog is short.
  while (connections.length < count) connections.push(await Connection.open(port))
  return connections
}

/** `POST /v1/chat/completions`, as bytes. */
export function requestBytes(
  body: string,
  headers: Readonly<Record<string, string>> = {},
  path = '/v1/chat/completions',
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: keep-alive\r\n` +
      `content-type: application/json\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
