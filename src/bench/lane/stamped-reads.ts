import type { Socket } from 'node:net'

/** A socket a turn of the event loop is parsed; where many wait, this part of them: a backlog must shrink. */
const PART = 1 / 64

const waiting: StampedReads[] = []

/**
 * What comes in on a socket, read by read. undici, which parses it, is told that the socket is
 * `readable` a moment later than it was: what comes in on other sockets is stamped first, and need
 * not wait until this has been parsed.
 */
export class StampedReads {
  /** When the read came in that is being parsed; `null` when none is. */
  at: number | null = null
  readonly #parse: () => void
  readonly #push: (bytes: Buffer) => boolean
  readonly #stamps: number[] = []
  readonly #lengths: number[] = []
  #isWaiting = false

  constructor(socket: Socket) {
    const emit = socket.emit.bind(socket) as (event: string | symbol, ...rest: unknown[]) => boolean
    const read = socket.read.bind(socket)
    const destroy = socket.destroy.bind(socket)
    this.#parse = () => emit('readable')
    this.#push = (bytes) => socket.push(bytes)

    socket.emit = (event: string | symbol, ...rest: unknown[]) =>
      event === 'readable' ? this.#wait() : emit(event, ...rest)
    // Else several reads would be handed over as one.
    socket.read = (size?: number) => {
      if (size !== undefined) return read(size)
      this.at = this.#stamps.shift() ?? null
      return read(this.#lengths.shift())
    }
    socket.destroy = (error?: NodeJS.ErrnoException) => {
      // A reset, say, which came after what waits. It is undici that destroys without a system call,
      // and of a destroyed socket it takes nothing more.
      if (error?.syscall !== undefined) this.parse()
      return destroy(error)
    }
  }

  /** Whether more may come is the answer, as with any stream. */
  add(bytes: Buffer, atMs: number): boolean {
    this.#stamps.push(atMs)
    this.#lengths.push(bytes.length)
    return this.#push(bytes)
  }

  /** Has what waits parsed, if anything does. */
  parse(): void {
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#parse()
  }

  #wait(): boolean {
    if (this.#isWaiting) return true
    this.#isWaiting = true
    if (waiting.push(this) === 1) setImmediate(parseSome)
    return true
  }
}

function parseSome(): void {
  for (let some = Math.ceil(waiting.length * PART); some > 0; some--) waiting.shift()!.parse()
  if (waiting.length > 0) setImmediate(parseSome)
}
