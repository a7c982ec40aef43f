import type { Socket } from 'node:net'

/** Of the sockets that wait, a turn of the event loop parses this part at least: a backlog must shrink. */
const PART = 1 / 64

const waiting: StampedReads[] = []
let stamped = 0
let parsed = 0
let stampedBefore = 0

/** How often this thread has stamped a read, or had one parsed. */
export function readsHandled(): number {
  return stamped + parsed
}

/**
 * What comes in on a socket, read by read. undici, which parses it, is handed it a moment later: what
 * comes in on other sockets is stamped first, and need not wait until this has been parsed.
 */
export class StampedReads {
  /** When the read came in that is being parsed, or after it the end; `null` when none is. */
  at: number | null = null
  readonly #socket: Socket
  readonly #push: Socket['push']
  /** `null` is the end. */
  readonly #reads: { readonly bytes: Buffer | null; readonly atMs: number }[] = []
  #size = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.#push = socket.push.bind(socket)
    socket.push = (bytes: Buffer | null) =>
      bytes === null ? this.add(null, performance.now()) : this.#push(bytes)
    const destroy = socket.destroy.bind(socket)
    socket.destroy = (error?: NodeJS.ErrnoException) => {
      // A reset, say, which came after what waits. Where undici destroys it, it takes nothing more.
      if (error?.syscall !== undefined || error?.code?.startsWith('ERR_SSL')) this.parse()
      return destroy(error)
    }
  }

  /** Whether more may come is the answer, as with any stream. */
  add(bytes: Buffer | null, atMs: number): boolean {
    stamped++
    this.#size += bytes?.length ?? 0
    if (this.#reads.push({ bytes, atMs }) === 1 && waiting.push(this) === 1) setImmediate(parseSome)
    return this.#size < this.#socket.readableHighWaterMark
  }

  /** Has what waits parsed, if anything does. */
  parse(): void {
    this.#size = 0
    for (const { bytes, atMs } of this.#reads.splice(0)) {
      if (this.#socket.destroyed) return
      parsed++
      this.at = atMs
      this.#push(bytes)
      // At once, so that it is read alone.
      this.#socket.emit('readable')
      if (bytes !== null) this.at = null
    }
  }
}

function parseSome(): void {
  // Turns in which reads come in are for these; of a backlog, a part has its turn nevertheless.
  const round = stamped === stampedBefore ? Math.ceil : Math.floor
  stampedBefore = stamped
  for (let some = round(waiting.length * PART); some > 0; some--) waiting.shift()!.parse()
  if (waiting.length > 0) setImmediate(parseSome)
}
