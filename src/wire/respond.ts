import type { Clock, Priority } from './clock.ts'
import { FrameQueue } from './frame-queue.ts'
import { type AnyReply, isLive } from './live-reply.ts'
import { type Ending, nobody, type Spectator } from './playing.ts'
import { realClock } from './real-clock.ts'
import { type Frame, isResetBy } from './reply.ts'

export interface RespondOptions {
  readonly clock?: Clock
  /** The moment from which the answer's times count; now, when absent. */
  readonly zero?: number
  readonly spectator?: Spectator
  /** Aborts when the client leaves. */
  readonly signal?: AbortSignal
}

const utf8 = new TextEncoder()
const WITHOUT_BODY = [101, 103, 204, 205, 304]

/**
 * Plays a reply as a `Response` of the Fetch standard, each frame at its time.
 *
 * The bytes are those that a server would write, uncompressed, as `fetch` hands them out.
 *
 * @throws the reason of `signal`, when it aborts before the headers are due; what a live reply throws
 *   before they are.
 */
export async function respond(reply: AnyReply, options: RespondOptions = {}): Promise<Response> {
  const player = new Player(reply, options)
  await player.untilHead()
  try {
    return responseOf(reply, player)
  } catch (error) {
    player.end('hang-up', error)
    throw error
  }
}

function responseOf(reply: AnyReply, player: Player): Response {
  const { status } = reply
  const headers = new Headers(
    reply.headers
      .filter(([name]) => !reply.coding || name.toLowerCase() !== 'content-encoding')
      .map(([name, value]): [string, string] => [name, value]),
  )
  const isEmpty = WITHOUT_BODY.includes(status)
  if (isEmpty) player.end('complete')
  const body = isEmpty ? null : new ReadableStream<Uint8Array>(player, { highWaterMark: 0 })
  return new Response(body, { status, headers })
}

/** Plays a body as it is read: what a stream calls its source. */
class Player {
  readonly #reply: AnyReply
  readonly #frames: FrameQueue
  readonly #clock: Clock
  readonly #zero: number
  readonly #spectator: Spectator
  readonly #signal: AbortSignal | undefined
  #over = false

  constructor(reply: AnyReply, options: RespondOptions) {
    this.#reply = reply
    this.#clock = options.clock ?? realClock
    this.#zero = options.zero ?? this.#clock.now()
    this.#spectator = options.spectator ?? nobody
    this.#signal = options.signal
    this.#frames = new FrameQueue(reply, this.#clock, this.#zero)
  }

  /** Waits until the head is due; throws where none comes. */
  async untilHead(): Promise<void> {
    if (isLive(this.#reply)) await new Promise<void>((run) => this.#frames.whenBegun(run))
    const first = this.#frames.peek()
    const hangUp = first?.kind === 'hang-up' ? first : undefined
    const dueMs = Math.max(this.#reply.headersAtMs ?? 0, hangUp?.atMs ?? 0)
    await this.#wait(hangUp?.how === 'stall' ? Infinity : dueMs).catch((reason: unknown) => {
      this.end('client-left')
      throw reason
    })
    const { failure } = this.#frames
    if (!hangUp && !failure) return
    this.end('hang-up', failure?.error)
    // As `fetch` tells of a connection that broke.
    throw failure ? failure.error : new TypeError('fetch failed')
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#frames.isOver) this.end('complete')
    this.#signal?.addEventListener('abort', () => {
      if (!this.#over) controller.error(this.#signal?.reason)
      this.cancel()
    })
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      await this.#playOn(controller)
    } catch (error) {
      this.end('hang-up', error)
      throw error
    }
  }

  async #playOn(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const frame = this.#frames.peek() ?? (await this.#nextFrame())
    const { failure } = this.#frames
    if (failure) {
      controller.error(new TypeError('terminated', { cause: failure.error }))
      return this.end('hang-up', failure.error)
    }
    if (frame === undefined) {
      this.end('complete')
      return controller.close()
    }
    await this.#wait(frame.atMs).catch(() => {})
    if (this.#over) return
    if (frame.kind === 'hang-up') {
      // As a broken connection looks to who reads a body.
      if (frame.how === 'reset') controller.error(new TypeError('terminated'))
      else await new Promise(() => {})
      return this.end('hang-up')
    }
    const piece = this.#take(frame, this.#elapsed())
    controller.enqueue(typeof piece === 'string' ? utf8.encode(piece) : piece)
    this.#spectator.flushed(this.#frames.taken)
    if (this.#frames.isOver) {
      this.end('complete')
      controller.close()
    }
  }

  cancel(): void {
    if (this.#over) return
    try {
      this.#leave()
    } catch (error) {
      this.end('hang-up', error)
    }
  }

  #leave(): void {
    const now = this.#elapsed()
    let frame = this.#frames.peek()
    // What was due has left a server already, whether or not anyone has read it.
    while (frame !== undefined && frame.kind !== 'hang-up' && frame.atMs <= now) {
      this.#take(frame, now)
      this.#spectator.flushed(this.#frames.taken)
      frame = this.#frames.peek()
    }
    if (this.#frames.isOver) return this.end('complete')
    this.end(frame && isResetBy(frame, now) ? 'hang-up' : 'client-left')
  }

  async #nextFrame(): Promise<Frame | undefined> {
    if (this.#frames.isOver || this.#frames.failure) return undefined
    await new Promise<void>((resolve) => this.#frames.more(resolve))
    return this.#frames.peek()
  }

  #take(first: Frame, atMs: number): string | Uint8Array {
    const piece = this.#frames.take()
    this.#spectator.wrote(this.#frames.taken, first.atMs, atMs)
    return piece
  }

  /** Only the first ending counts. */
  end(ending: Ending, error?: unknown): void {
    if (this.#over) return
    this.#over = true
    this.#frames.leave()
    this.#spectator.ended(ending, this.#elapsed(), error)
  }

  #wait(atMs: number): Promise<void> {
    return wait(this.#clock, this.#zero + atMs, this.#frames.priority, this.#signal)
  }

  #elapsed(): number {
    return this.#clock.now() - this.#zero
  }
}

/** Resolves at a moment; rejects when the client leaves before. */
function wait(
  clock: Clock,
  moment: number,
  priority: Priority,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let callOff = () => {}
    const leave = () => {
      callOff()
      reject(signal?.reason as Error)
    }
    if (signal?.aborted) return reject(signal.reason as Error)
    if (moment <= clock.now()) return resolve()
    signal?.addEventListener('abort', leave, { once: true })
    if (moment === Infinity) return
    const run = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    callOff = clock.at(moment, run, priority)
  })
}
