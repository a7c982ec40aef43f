import { escapeJson } from './escape-json.ts'
import { concatArrivals, type Header, headerValue } from './exchange.ts'

const utf8 = new TextEncoder()
const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * One thing to do while answering. `atMs` is when it is due, counted from the start of the answer,
 * so that lateness never adds up.
 */
export type Frame =
  | EventFrame
  | { readonly kind: 'comment'; readonly atMs: number; readonly text: string }
  | BytesFrame
  | HangUpFrame

/** A server-sent event; a `data` of several lines is written as several `data:` fields. */
export interface EventFrame {
  readonly kind: 'event'
  readonly atMs: number
  readonly data: string
  readonly event?: string
  readonly id?: string
}

export interface BytesFrame {
  readonly kind: 'bytes'
  readonly atMs: number
  readonly bytes: string | Uint8Array
  /** Leaves in a packet of its own; what follows waits until it has left. */
  readonly alone?: true
}

/** Ends the answer before its framing does; as the first frame, before there is any answer. */
interface HangUpFrame {
  readonly kind: 'hang-up'
  readonly atMs: number
  /** `reset` breaks the connection; `stall` sends nothing more and leaves it open. */
  readonly how: 'reset' | 'stall'
}

type WrittenFrame = Exclude<Frame, HangUpFrame>

/** An answer about to be written. Frames stand in the order in which they are due. */
export interface Reply {
  readonly status: number
  readonly headers: readonly Header[]
  readonly frames: readonly Frame[]
  /** When status and headers are sent; at once, when absent. */
  readonly headersAtMs?: number
  /** Compresses the body on its way out, flushed after each write; needs the header to match. */
  readonly coding?: 'gzip'
}

/** An answer with a JSON body, due at once. */
export function jsonReply(status: number, body: unknown, headers: readonly Header[] = []): Reply {
  return textReply(status, JSON_TYPE, JSON.stringify(body), headers)
}

/** The same for what ends in logs: JSON of the same value, with nothing in it that is unsafe there. */
export function escapedJsonReply(
  status: number,
  body: unknown,
  headers: readonly Header[] = [],
): Reply {
  return textReply(status, JSON_TYPE, escapeJson(JSON.stringify(body)), headers)
}

/** An answer with a text body, due at once; headers may name another type of it. */
export function textReply(
  status: number,
  contentType: string,
  body: string,
  headers: readonly Header[] = [],
): Reply {
  const isTyped = headerValue(headers, 'content-type') !== undefined
  return {
    status,
    headers: isTyped ? headers : [['content-type', contentType], ...headers],
    frames: [{ kind: 'bytes', atMs: 0, bytes: body }],
  }
}

/**
 * An answer as a stream of server-sent events.
 *
 * `no-transform` keeps proxies from compressing it, `x-accel-buffering` keeps nginx from holding it
 * back (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering).
 */
export function eventStreamReply(frames: readonly Frame[]): Reply {
  return {
    status: 200,
    headers: [
      ['content-type', 'text/event-stream; charset=utf-8'],
      ['cache-control', 'no-cache, no-transform'],
      ['x-accel-buffering', 'no'],
    ],
    frames,
  }
}

/** The bytes of a frame that has any, as they go over the wire. */
export function encodeFrame(frame: WrittenFrame): string | Uint8Array {
  switch (frame.kind) {
    case 'bytes':
      return frame.bytes
    case 'comment':
      return `: ${frame.text}\n\n`
    case 'event': {
      const name = frame.event === undefined ? '' : `event: ${frame.event}\n`
      const id = frame.id === undefined ? '' : `id: ${frame.id}\n`
      const data = frame.data.includes('\n') ? frame.data.replaceAll('\n', '\ndata: ') : frame.data
      return `${name}${id}data: ${data}\n\n`
    }
  }
}

/**
 * How many frames, from one on, leave in one write: those due at the same moment, up to a hang-up or
 * a frame that leaves alone.
 */
export function countTogether(frames: readonly Frame[], from: number): number {
  const first = frames[from]!
  if (first.kind === 'bytes' && first.alone) return 1
  let to = from + 1
  for (; to < frames.length; to++) {
    const frame = frames[to]!
    if (frame.atMs > first.atMs || frame.kind === 'hang-up') break
    if (frame.kind === 'bytes' && frame.alone) break
  }
  return to - from
}

/** Whether a frame breaks the connection, and has by then. */
export function isResetBy(frame: Frame, elapsedMs: number): boolean {
  return frame.kind === 'hang-up' && frame.how === 'reset' && frame.atMs <= elapsedMs
}

const encoded = new WeakMap<readonly Frame[], Uint8Array>()

/** Encodes a reply that will be played often, if it leaves in one write. */
export function encodeOnce({ frames }: Reply): void {
  if (frames.length === 0 || frames.some(({ kind }) => kind === 'hang-up')) return
  if (countTogether(frames, 0) < frames.length) return
  const piece = join(frames, 0, frames.length)
  encoded.set(frames, typeof piece === 'string' ? utf8.encode(piece) : piece)
}

/** The bytes of some frames in a row, none of them a hang-up, as one piece. */
export function encodeFrames(
  frames: readonly Frame[],
  from: number,
  count: number,
): string | Uint8Array {
  return (count === frames.length && encoded.get(frames)) || join(frames, from, count)
}

function join(frames: readonly Frame[], from: number, count: number): string | Uint8Array {
  let text = ''
  for (let i = from; i < from + count; i++) {
    const piece = encodeFrame(frames[i] as WrittenFrame)
    if (typeof piece !== 'string') return joinBytes(frames.slice(from, from + count))
    text += piece
  }
  return text
}

function joinBytes(frames: readonly Frame[]): Uint8Array {
  const pieces = frames.map((frame) => {
    const piece = encodeFrame(frame as WrittenFrame)
    return { atMs: 0, bytes: typeof piece === 'string' ? utf8.encode(piece) : piece }
  })
  return concatArrivals(pieces)
}
