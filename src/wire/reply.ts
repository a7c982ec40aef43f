import type { Header } from './exchange.ts'

/**
 * One thing to do while answering. `atMs` is when it is due, counted from the start of the answer,
 * so that lateness never adds up.
 */
export type Frame =
  | EventFrame
  | { readonly kind: 'comment'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'bytes'; readonly atMs: number; readonly bytes: string | Uint8Array }
  | HangUpFrame

/** A server-sent event; a `data` of several lines is written as several `data:` fields. */
export interface EventFrame {
  readonly kind: 'event'
  readonly atMs: number
  readonly data: string
  readonly event?: string
  readonly id?: string
}

/** Ends the answer before its framing does; as the first frame, before there is any answer. */
export interface HangUpFrame {
  readonly kind: 'hang-up'
  readonly atMs: number
  /** `reset` breaks the connection; `stall` sends nothing more and leaves it open. */
  readonly how: 'reset' | 'stall'
}

/** An answer about to be written. Frames stand in the order in which they are due. */
export interface Reply {
  readonly status: number
  readonly headers: readonly Header[]
  readonly frames: readonly Frame[]
  /** Compresses the body on its way out, flushed after each write; needs the header to match. */
  readonly coding?: 'gzip'
}

/** An answer with a JSON body, due at once. */
export function jsonReply(status: number, body: unknown, headers: readonly Header[] = []): Reply {
  return textReply(status, 'application/json; charset=utf-8', JSON.stringify(body), headers)
}

/** An answer with a text body, due at once. */
export function textReply(
  status: number,
  contentType: string,
  body: string,
  headers: readonly Header[] = [],
): Reply {
  return {
    status,
    headers: [['content-type', contentType], ...headers],
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
export function encodeFrame(frame: Exclude<Frame, HangUpFrame>): string | Uint8Array {
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
