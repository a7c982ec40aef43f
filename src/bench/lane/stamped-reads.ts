import type { Socket } from 'node:net'

/** Of the sockets that wait, a turn of the event loop parses one, or this part: a backlog must shrink. */
const PART = 1 / 64

const waiting: StampedReads[] = []
let handled = 0

/** How often this thread has stamped a read, or had one parsed. */
export function readsHandled(): number {
  return handled
}

/**
 * What comes in on a socket, read by read. undici, which parses it, is told that the socket is
 * `readable` a moment later than it was: what comes in on other sockets is stamped first, and need
 * not wait until this has been parsed.
 */
export class StampedReads {
  /** When the read came in that is being parsed, or after it the end; `null` when none is. */
  at: number | null = null
  readonly #announce: () => void
  readonly #push: (bytes: Buffer) => boolean
  readonly #stamps: number[] = []
  readonly #lengths: number[] = []
  #endedAt: number | null = null
  #isWaiting = false

  constructor(socket: Socket) {
    const emit = socket.emit.bind(socket) as (event: string | symbol, ...rest: unknown[]) => boolean
    const read = socket.read.bind(socket)
    const push = socket.push.bind(socket)
    const destroy = socket.destroy.bind(socket)
    this.#announce = () => void (socket.destroyed || emit('readable'))
    this.#push = push

    socket.emit = (event: string | symbol, ...rest: unknown[]) => {
      if (event !== 'readable') return emit(event, ...rest)
      this.#wait()
      return true
    }
    // Else several reads would be handed over as one.
    socket.read = (size?: number) => {
      if (size !== undefined) return read(size)
      this.at = this.#stamps.shift() ?? this.#endedAt
      return read(this.#lengths.shift())
    }
    socket.push = (bytes: Buffer | null) => {
      if (bytes === null) this.#endedAt = performance.now()
      return push(bytes)
    }
    socket.destroy = (error?: NodeJS.ErrnoException) => {
      // A reset, say, which came after what waits. Where undici destroys it, it takes nothing more.
      if (error?.syscall !== undefined || error?.code?.startsWith('ERR_SSL')) this.parse()
      return destroy(error)
    }
  }

  /** Whether more may come is the answer, as with any stream. */
  add(bytes: Buffer, atMs: number): boolean {
    handled++
    this.#stamps.push(atMs)
    this.#lengths.push(bytes.length)
    return this.#push(bytes)
  }

  /** Has what waits parsed, if anything does. */
  parse(): void {
    if (!this.#isWaiting) return
    handled++
    this.#isWaiting = false
    this.#announce()
  }

  #wait(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    if (waiting.push(this) === 1) setImmediate(parseSome)
  }
}

function parseSome(): void {
  for (let some = Math.ceil(waiting.length * PART); some > 0; some--) waiting.shift()!.parse()
  if (waiting.length > 0) setImmediate(parseSome)
}
