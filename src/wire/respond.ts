import type { Clock } from './clock.ts'
import { type Ending, nobody, type Spectator } from './playing.ts'
import { realClock } from './real-clock.ts'
import { countTogether, encodeFrames, isResetBy, type Reply } from './reply.ts'

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
 * @throws the reason of `signal`, when it aborts before the headers are due.
 */
export async function respond(reply: Reply, options: RespondOptions = {}): Promise<Response> {
  const { clock = realClock, spectator = nobody, signal } = options
  const zero = options.zero ?? clock.now()
  const { status, headersAtMs = 0 } = reply
  const hangUp = reply.frames[0]?.kind === 'hang-up' ? reply.frames[0] : undefined
  const answersAtMs = Math.max(headersAtMs, hangUp?.atMs ?? 0)
  const moment = hangUp?.how === 'stall' ? Infinity : zero + answersAtMs
  await wait(clock, moment, signal).catch((reason: unknown) => {
    spectator.ended('client-left', clock.now() - zero)
    throw reason
  })
  if (hangUp) {
    spectator.ended('hang-up', clock.now() - zero)
    // As `fetch` tells of a connection that broke.
    throw new TypeError('fetch failed')
  }
  const headers = new Headers(
    reply.headers
      .filter(([name]) => !reply.coding || name.toLowerCase() !== 'content-encoding')
      .map(([name, value]): [string, string] => [name, value]),
  )
  const body = bodyOf(reply, { clock, zero, spectator, ...(signal && { signal }) })
  return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers })
}

function bodyOf(
  { frames }: Reply,
  { clock, zero, spectator, signal }: Required<Omit<RespondOptions, 'signal'>> & RespondOptions,
): ReadableStream<Uint8Array> {
  let next = 0
  let over = false
  const end = (ending: Ending) => {
    if (!over) spectator.ended(ending, clock.now() - zero)
    over = true
  }
  const leave = () => {
    if (over) return
    const now = clock.now() - zero
    let frame = frames[next]
    // What was due has left a server already, whether or not anyone has read it.
    while (frame !== undefined && frame.kind !== 'hang-up' && frame.atMs <= now) {
      next += countTogether(frames, next)
      spectator.wrote(next, frame.atMs, now)
      spectator.flushed(next)
      frame = frames[next]
    }
    end(!frame ? 'complete' : isResetBy(frame, now) ? 'hang-up' : 'client-left')
  }
  if (frames.length === 0) end('complete')
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal?.addEventListener('abort', () => {
          if (!over) controller.error(signal.reason)
          leave()
        })
      },
      async pull(controller) {
        const frame = frames[next]
        if (frame === undefined) {
          end('complete')
          return controller.close()
        }
        await wait(clock, zero + frame.atMs, signal).catch(() => {})
        if (over) return
        if (frame.kind === 'hang-up') {
          // As a broken connection looks to who reads a body.
          if (frame.how === 'reset') controller.error(new TypeError('terminated'))
          else await new Promise(() => {})
          return end('hang-up')
        }
        const count = countTogether(frames, next)
        const piece = encodeFrames(frames, next, count)
        next += count
        spectator.wrote(next, frame.atMs, clock.now() - zero)
        controller.enqueue(typeof piece === 'string' ? utf8.encode(piece) : piece)
        spectator.flushed(next)
        if (next === frames.length) {
          end('complete')
          controller.close()
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
}

/** Resolves at a moment; rejects when the client leaves before. */
function wait(clock: Clock, moment: number, signal: AbortSignal | undefined): Promise<void> {
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
    callOff = clock.at(moment, () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    })
  })
}
