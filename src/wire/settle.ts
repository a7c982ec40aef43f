import { BOUNDS } from './bounds.ts'
import type { Clock } from './clock.ts'
import { FrameQueue } from './frame-queue.ts'
import { type AnyReply, isLive } from './live-reply.ts'
import { realClock } from './real-clock.ts'
import { encodeFrame, type Frame, type Reply } from './reply.ts'

export interface SettleOptions {
  readonly clock?: Clock
  /** The moment from which the answer's times count; now, when absent. */
  readonly zero?: number
  /** Aborts when the client leaves: what has come by then is enough. */
  readonly signal?: AbortSignal
}

const utf8 = new TextEncoder()

/**
 * Waits until a live reply is made, and gives it as one that is finished. Its frames are due when they
 * say, or when they came, if that is later; where it throws, it hangs up.
 *
 * @throws what it throws before any frame; an `Error` where it is beyond `BOUNDS.answer`.
 */
export async function settle(reply: AnyReply, options: SettleOptions = {}): Promise<Reply> {
  if (!isLive(reply)) return reply
  const { clock = realClock, signal } = options
  const zero = options.zero ?? clock.now()
  const queue = new FrameQueue(reply, clock, zero)
  const frames: Frame[] = []
  let bytes = 0
  try {
    while (frames.at(-1)?.kind !== 'hang-up' && (await hasNext(queue, signal))) {
      const frame = queue.next()!
      bytes += sizeOf(frame)
      frames.push(frame)
      refuseExcess(bytes, frames.length)
    }
  } finally {
    queue.leave()
  }
  const { failure } = queue
  if (failure && frames.length === 0) throw failure.error
  if (failure) frames.push({ kind: 'hang-up', how: 'reset', atMs: clock.now() - zero })
  return { ...reply, frames }
}

async function hasNext(queue: FrameQueue, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return false
  const { promise, resolve } = Promise.withResolvers<void>()
  const leave = () => resolve()
  signal?.addEventListener('abort', leave, { once: true })
  queue.more(resolve)
  await promise
  signal?.removeEventListener('abort', leave)
  return queue.peek() !== undefined
}

function sizeOf(frame: Frame): number {
  if (frame.kind === 'hang-up') return 0
  const piece = encodeFrame(frame)
  return typeof piece === 'string' ? utf8.encode(piece).length : piece.length
}

function refuseExcess(bytes: number, frames: number): void {
  const most = BOUNDS.answer
  if (bytes <= most.bytes && frames <= most.reads) return
  const seen = bytes > most.bytes ? `${bytes} bytes` : `${frames} frames`
  const bound = bytes > most.bytes ? most.bytes : most.reads
  throw new Error(
    `A live reply has ${seen} by now; up to ${bound} are kept to finish it, as a fault needs it. ` +
      'Put no fault on answers of this length.',
  )
}
