import type { Socket } from 'node:net'

/** So many sockets that wait are a backlog: each turn parses one for each of these, whatever comes in. */
const BACKLOG = 64

const waiting: StampedReads[] = []
let stamped = 0
let parsed = 0
let stampedBefore = 0

/** How often this thread has stamped a read, or had some parsed. */
export function readsHandled(): number {
  return stamped + parsed
}

/**
 * What comes in on a socket, read by read. undici, which parses it, is told that the socket is
 * `readable` a moment later: what comes in on other sockets is stamped first, and need not wait until
 * this has been parsed.
 */
export class StampedReads {
  /** When the read that is being parsed came in, and after the last one the end; `null` when none is. */
  at: number | null = null
  readonly #socket: Socket
  readonly #reads: { readonly bytes: Buffer; readonly atMs: number }[] = []
  #size = 0
  #endedAt: number | null = null
  #isWaiting = false

  constructor(socket: Socket) {
    this.#socket = socket
    const push = socket.push.bind(socket)
    const read = socket.read.bind(socket)
    const destroy = socket.destroy.bind(socket)

    socket.push = (bytes: Buffer | null) => {
      // Node.js knows no `onread` within a tunnel.
      if (bytes !== null) return this.add(bytes, performance.now())
      this.#endedAt = performance.now()
      if (this.#reads.length > 0) return false
      // Of an idle connection, undici must know before it sends anything on it.
      this.at = this.#endedAt
      return push(null)
    }
    // undici reads until it is given null, and parses what it was given before it reads on. So each
    // read goes into the stream alone and comes out of it at once: until undici asks for the next,
    // `at` is the stamp of the very bytes that it is parsing.
    socket.read = (size?: number) => {
      if (size !== undefined) return read(size)
      const next = this.#reads.shift()
      this.at = next?.atMs ?? this.#endedAt
      this.#size -= next?.bytes.length ?? 0
      if (next) push(next.bytes)
      else if (this.#endedAt !== null) push(null)
      return read()
    }
    socket.destroy = (error?: NodeJS.ErrnoException) => {
      // A reset, say, which came after what waits. Where undici destroys it, it takes nothing more.
      if (error?.syscall !== undefined || error?.code?.startsWith('ERR_SSL')) this.parse()
      return destroy(error)
    }
  }

  /** Whether more may come is the answer, as with any stream. */
  add(bytes: Buffer, atMs: number): boolean {
    stamped++
    this.#reads.push({ bytes, atMs })
    this.#size += bytes.length
    if (!this.#isWaiting && waiting.push(this) === 1) setImmediate(parseSome)
    this.#isWaiting = true
    return this.#size < this.#socket.readableHighWaterMark
  }

  /** Has what waits parsed, if anything does. */
  parse(): void {
    this.#isWaiting = false
    if (this.#reads.length === 0 || this.#socket.destroyed) return
    parsed++
    this.#socket.emit('readable')
  }
}

function parseSome(): void {
  // An immediate runs once a turn of the event loop, after all sockets that have something were read:
  // what was stamped since the last one came in within this turn. A turn without reads is spare, and
  // parses one at least, hence `ceil`. A turn with reads parses none, hence `floor`, since each would
  // make the reads of the next turn late; unless 64 wait or more: then it parses one of each 64, so
  // that a backlog shrinks by its share in every turn, instead of growing without end.
  const round = stamped === stampedBefore ? Math.ceil : Math.floor
  stampedBefore = stamped
  for (let some = round(waiting.length / BACKLOG); some > 0; some--) waiting.shift()!.parse()
  if (waiting.length > 0) setImmediate(parseSome)
}
