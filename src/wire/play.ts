import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import type { Clock } from './clock.ts'
import { FrameQueue } from './frame-queue.ts'
import { type AnyReply, isLive } from './live-reply.ts'
import { type Ending, nobody, type Spectator } from './playing.ts'
import { realClock } from './real-clock.ts'
import { isResetBy } from './reply.ts'

export interface PlayOptions {
  readonly clock?: Clock
  /** The moment from which the answer's times count; now, when absent. */
  readonly zero?: number
  readonly spectator?: Spectator
}

/**
 * Writes a reply to a response, each frame at its time.
 *
 * Frames due at the same moment leave in one write. A slow reader is waited for, and what became due
 * meanwhile leaves together; a process that is busy sends late. No frame leaves early, and none is
 * dropped; the spectator is told how late each is. When the client leaves, nothing more is written.
 * What a live reply throws breaks the connection.
 *
 * Resolves when the answer is over, however it ended; rejects when its head cannot be sent, or a live
 * reply throws before.
 */
export function play(
  reply: AnyReply,
  response: ServerResponse,
  options: PlayOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) =>
    new Player(reply, response, options, { resolve, reject }).begin(),
  )
}

interface Outcome {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Callbacks instead of promises: thousands of answers at once have millions of frames. */
class Player {
  readonly #reply: AnyReply
  readonly #frames: FrameQueue
  readonly #response: ServerResponse
  readonly #outcome: Outcome
  readonly #clock: Clock
  readonly #zero: number
  readonly #spectator: Spectator
  #body: Writable
  #over = false
  #stopWaiting = () => {}

  constructor(reply: AnyReply, response: ServerResponse, options: PlayOptions, outcome: Outcome) {
    this.#reply = reply
    this.#response = response
    this.#outcome = outcome
    this.#clock = options.clock ?? realClock
    this.#zero = options.zero ?? this.#clock.now()
    this.#spectator = options.spectator ?? nobody
    this.#body = response
    this.#frames = new FrameQueue(reply, this.#clock, this.#zero)
  }

  begin(): void {
    if (this.#response.destroyed) return this.#leave()
    this.#response.on('error', () => this.#leave())
    this.#response.on('close', () => this.#leave())
    this.#frames.whenBegun(this.#attempt(() => this.#start()))
  }

  #start(): void {
    if (this.#over) return
    const { headersAtMs = 0 } = this.#reply
    // Nothing is sent yet; what cannot be sent is told at once. A live reply may come to nothing yet.
    if (!isLive(this.#reply)) this.#writeHead()
    const open = () => this.#open()
    if (headersAtMs > 0) this.#wait(headersAtMs, this.#attempt(open))
    else open()
  }

  #writeHead(): void {
    const { status, headers } = this.#reply
    if (this.#frames.peek()?.kind === 'hang-up') return
    const raw: string[] = []
    for (const [name, value] of headers) raw.push(name, value)
    this.#response.writeHead(status, raw)
  }

  #open(): void {
    if (this.#frames.failure) return this.#refuse(this.#frames.failure.error)
    if (isLive(this.#reply)) this.#writeHead()
    const first = this.#frames.peek()
    if (first?.kind !== 'hang-up' && (first?.atMs ?? Infinity) > this.#elapsed()) {
      this.#response.flushHeaders()
    }
    if (this.#reply.coding === 'gzip') this.#body = gzipInto(this.#response)
    this.#playOn()
  }

  /** Nobody hears what it would throw. */
  readonly #step = (): void => {
    try {
      this.#playOn()
    } catch (error) {
      this.#reset(error)
    }
  }

  #playOn(): void {
    while (!this.#over) {
      const frame = this.#frames.peek()
      if (frame === undefined) return this.#goOn()
      if (frame.atMs > this.#elapsed()) return this.#wait(frame.atMs, this.#step)
      if (frame.kind === 'hang-up') {
        // A client that leaves ends a stall.
        return frame.how === 'stall' ? this.#frames.leave() : this.#reset()
      }
      if (!this.#write()) return
    }
  }

  #goOn(): void {
    const { failure, isOver } = this.#frames
    if (failure) this.#reset(failure.error)
    else if (isOver) this.#finish()
    else this.#frames.more(this.#step)
  }

  /** Writes what is due together; tells whether the next may be written at once. */
  #write(): boolean {
    const first = this.#frames.peek()!
    const alone = first.kind === 'bytes' && first.alone
    const piece = this.#frames.take()
    const written = this.#frames.taken
    this.#spectator.wrote(written, first.atMs, this.#elapsed())
    if (this.#frames.isOver) {
      this.#finish(piece)
      return false
    }
    const drained = this.#body.write(typeof piece === 'string' ? Buffer.from(piece) : piece, () => {
      this.#spectator.flushed(written)
      if (alone) setImmediate(this.#step)
    })
    if (alone) return false
    if (!drained) this.#body.once('drain', this.#step)
    return drained
  }

  #finish(piece: string | Uint8Array = ''): void {
    this.#body.end(piece, () => {
      this.#spectator.flushed(this.#frames.taken)
      this.#end('complete')
    })
  }

  #reset(error?: unknown): void {
    const reset = () => {
      this.#end('hang-up', error)
      this.#response.socket?.resetAndDestroy()
    }
    if (!this.#response.headersSent) return reset()
    // What was written before must reach the client: a reset discards what still waits in the socket.
    const flush = () => this.#response.write('', reset)
    if (this.#body === this.#response) flush()
    else this.#body.write('', flush)
  }

  #attempt(run: () => void): () => void {
    return () => {
      try {
        run()
      } catch (error) {
        this.#refuse(error)
      }
    }
  }

  #refuse(error: unknown): void {
    this.#outcome.reject(error)
    this.#end('hang-up', error)
  }

  #leave(): void {
    const next = this.#frames.peek()
    const brokeOff = next !== undefined && isResetBy(next, this.#elapsed())
    this.#end(this.#response.writableFinished ? 'complete' : brokeOff ? 'hang-up' : 'client-left')
  }

  #end(ending: Ending, error?: unknown): void {
    if (this.#over) return
    this.#over = true
    this.#stopWaiting()
    this.#frames.leave()
    this.#spectator.ended(ending, this.#elapsed(), error)
    this.#outcome.resolve()
  }

  #wait(atMs: number, run: () => void): void {
    this.#stopWaiting = this.#clock.at(this.#zero + atMs, run, this.#frames.priority)
  }

  #elapsed(): number {
    return this.#clock.now() - this.#zero
  }
}

function gzipInto(response: ServerResponse): Writable {
  // Few answers are compressed, and most servers start without it.
  const { constants, createGzip } = process.getBuiltinModule('node:zlib')
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
  gzip.pipe(response)
  return gzip
}
