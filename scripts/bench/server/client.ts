import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { requestBody } from './workload.ts'

const END = Buffer.from('0\r\n\r\n')
const EVENT = Buffer.from('\n\n')

/** Arrivals of one stream, in milliseconds since its request was sent. */
export interface Stream {
  readonly firstByteMs: number
  /** When each event had arrived. */
  readonly eventsMs: readonly number[]
}

/** A keep-alive connection that does as little as a client can, so that the server is measured. */
export class Connection {
  readonly #socket: Socket
  readonly #timed: boolean
  #sentAt = 0
  #firstByteMs = -1
  #eventsMs: number[] = []
  #tail: Buffer = Buffer.alloc(0)
  #done: (stream: Stream) => void = () => {}
  #failed: (error: Error) => void = () => {}

  private constructor(socket: Socket, timed: boolean) {
    this.#socket = socket
    this.#timed = timed
    socket.setNoDelay()
    socket.on('data', (bytes) => this.#read(bytes))
    socket.on('error', (error) => this.#failed(error))
    socket.on('close', () => this.#failed(new Error('the server closed the connection')))
  }

  static async open(port: number, timed: boolean): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Connection(socket, timed)
  }

  /** Sends a request and reads its stream to the end. */
  ask(request: Buffer): Promise<Stream> {
    this.#firstByteMs = -1
    this.#eventsMs = []
    this.#sentAt = performance.now()
    this.#socket.write(request)
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
    })
  }

  close(): void {
    this.#failed = () => {}
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    const atMs = performance.now() - this.#sentAt
    if (this.#firstByteMs < 0) this.#firstByteMs = atMs
    if (this.#timed) {
      for (let at = bytes.indexOf(EVENT); at >= 0; at = bytes.indexOf(EVENT, at + 2)) {
        this.#eventsMs.push(atMs)
      }
    }
    this.#tail = bytes.length < END.length ? Buffer.concat([this.#tail, bytes]) : bytes
    if (!this.#tail.subarray(-END.length).equals(END)) return
    this.#done({ firstByteMs: this.#firstByteMs, eventsMs: this.#eventsMs })
  }
}

export function requestBytes(user?: string): Buffer {
  const body = requestBody(user)
  return Buffer.from(
    'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: keep-alive\r\n' +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
