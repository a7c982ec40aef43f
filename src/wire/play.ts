import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import { encodeFrame, type Frame, type HangUpFrame, type Reply } from './reply.ts'
import { sleepUntil } from './sleep-until.ts'

/**
 * Writes a reply to a response, each frame at its time.
 *
 * Frames due at the same moment leave in one write; a slow reader is waited for; when the client
 * leaves, nothing more is written. Resolves when the answer is over, however it ended.
 */
export async function play(reply: Reply, response: ServerResponse): Promise<void> {
  const { frames } = reply
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.on('error', () => gone.abort())

  const start = performance.now()
  if (frames[0]?.kind !== 'hang-up') {
    response.writeHead(reply.status, reply.headers.flat())
    if (frames[0] === undefined || frames[0].atMs > 0) response.flushHeaders()
  }

  const body = reply.coding === 'gzip' ? gzipInto(response) : response
  let next = 0
  while (next < frames.length) {
    const due = frames[next]!
    if (due.atMs > 0) await sleepUntil(start + due.atMs, gone.signal)
    if (gone.signal.aborted) return
    if (due.kind === 'hang-up') return hangUp(due, response, gone.signal)

    const together = framesDueWith(frames, next)
    next += together.length
    const drained = body.write(encodeTogether(together))
    if (!drained) await once(body, 'drain', { signal: gone.signal }).catch(() => {})
  }
  body.end()
}

function gzipInto(response: ServerResponse): Writable {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
  gzip.pipe(response)
  return gzip
}

type WrittenFrame = Exclude<Frame, HangUpFrame>

function framesDueWith(frames: readonly Frame[], from: number): WrittenFrame[] {
  const { atMs } = frames[from]!
  const together: WrittenFrame[] = []
  for (let i = from; i < frames.length; i++) {
    const frame = frames[i]!
    if (frame.kind === 'hang-up' || frame.atMs > atMs) break
    together.push(frame)
  }
  return together
}

function encodeTogether(frames: readonly WrittenFrame[]): string | Uint8Array {
  const pieces = frames.map(encodeFrame)
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('')
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)))
}

async function hangUp(
  frame: HangUpFrame,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  if (frame.how === 'stall') {
    if (!gone.aborted) await once(gone, 'abort')
    return
  }
  // What was written before must reach the client: a reset discards what still waits in the socket.
  if (response.headersSent) {
    await new Promise<void>((resolve) => response.write('', () => resolve()))
  }
  response.socket?.resetAndDestroy()
}
