import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { Clock } from './clock.ts'
import { type Ending, nobody, type Spectator } from './playing.ts'
import { realClock } from './real-clock.ts'
import { countTogether, encodeFrames, type HangUpFrame, isResetBy, type Reply } from './reply.ts'

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
 *
 * Resolves when the answer is over, however it ended; rejects when its head cannot be sent.
 */
export function play(
  reply: Reply,
  response: ServerResponse,
  options: PlayOptions = {},
): Promise<void> {
  return new Promise((resolve) => new Player(reply, response, options, resolve).start())
}

/** Callbacks instead of promises: thousands of answers at once have millions of frames. */
class Player {
  readonly #reply: Reply
  readonly #response: ServerResponse
  readonly #resolve: () => void
  readonly #clock: Clock
  readonly #zero: number
  readonly #spectator: Spectator
  #body: Writable
  #next = 0
  #over = false
  #stopWaiting = () => {}

  constructor(reply: Reply, response: ServerResponse, options: PlayOptions, resolve: () => void) {
    this.#reply = reply
    this.#response = response
    this.#resolve = resolve
    this.#clock = options.clock ?? realClock
    this.#zero = options.zero ?? this.#clock.now()
    this.#spectator = options.spectator ?? nobody
    this.#body = response
  }

  start(): void {
    if (this.#response.destroyed) return this.#leave()
    this.#response.on('error', () => this.#leave())
    this.#response.on('close', () => this.#leave())
    const { status, headers, frames, headersAtMs = 0 } = this.#reply
    // Nothing is sent yet; what cannot be sent is told at once.
    if (frames[0]?.kind !== 'hang-up') this.#response.writeHead(status, headers.flat())
    if (headersAtMs > 0) this.#wait(headersAtMs, () => this.#open())
    else this.#open()
  }

  #open(): void {
    const { frames, coding } = this.#reply
    const [first] = frames
    if (first?.kind !== 'hang-up' && (first?.atMs ?? Infinity) > this.#elapsed()) {
      this.#response.flushHeaders()
    }
    if (coding === 'gzip') this.#body = gzipInto(this.#response)
    this.#step()
  }

  readonly #step = (): void => {
    const { frames } = this.#reply
    while (!this.#over) {
      const frame = frames[this.#next]
      if (frame === undefined) return this.#finish()
      if (frame.atMs > this.#elapsed()) return this.#wait(frame.atMs, this.#step)
      if (frame.kind === 'hang-up') return this.#hangUp(frame)
      if (!this.#write()) return
    }
  }

  /** Writes what is due together; tells whether the next may be written at once. */
  #write(): boolean {
    const { frames } = this.#reply
    const from = this.#next
    const count = countTogether(frames, from)
    const first = frames[from]!
    const alone = first.kind === 'bytes' && first.alone
    const piece = encodeFrames(frames, from, count)
    const written = (this.#next = from + count)
    this.#spectator.wrote(written, first.atMs, this.#elapsed())
    if (written === frames.length) {
      this.#finish(piece)
      return false
    }
    const drained = this.#body.write(piece, () => {
      this.#spectator.flushed(written)
      if (alone) setImmediate(this.#step)
    })
    if (alone) return false
    if (!drained) this.#body.once('drain', this.#step)
    return drained
  }

  #finish(piece: string | Uint8Array = ''): void {
    this.#body.end(piece, () => {
      this.#spectator.flushed(this.#next)
      this.#end('complete')
    })
  }

  #hangUp({ how }: HangUpFrame): void {
    // A client that leaves ends a stall.
    if (how === 'stall') return
    const reset = () => {
      this.#end('hang-up')
      this.#response.socket?.resetAndDestroy()
    }
    // What was written before must reach the client: a reset discards what still waits in the socket.
    if (this.#response.headersSent) this.#response.write('', reset)
    else reset()
  }

  #leave(): void {
    const next = this.#reply.frames[this.#next]
    const brokeOff = next !== undefined && isResetBy(next, this.#elapsed())
    this.#end(this.#response.writableFinished ? 'complete' : brokeOff ? 'hang-up' : 'client-left')
  }

  #end(ending: Ending): void {
    if (this.#over) return
    this.#over = true
    this.#stopWaiting()
    this.#spectator.ended(ending, this.#elapsed())
    this.#resolve()
  }

  #wait(atMs: number, run: () => void): void {
    this.#stopWaiting = this.#clock.at(this.#zero + atMs, run)
  }

  #elapsed(): number {
    return this.#clock.now() - this.#zero
  }
}

function gzipInto(response: ServerResponse): Writable {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
  gzip.pipe(response)
  return gzip
}
