/** A header line as it stood on the wire: names keep their case, repeated names stay apart. */
export type Header = readonly [name: string, value: string]

/** What was, or would be, sent. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string | null
}

export interface HttpResponseHead {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly Header[]
  /** When the head arrived. */
  readonly atMs: number
}

/** A piece of the body as the HTTP parser handed it over, stamped before anything reads it. */
export interface Arrival {
  readonly atMs: number
  readonly bytes: Uint8Array
}

export type FailureReason =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'proxy'
  | 'tls'
  | 'reset'
  | 'premature-end'
  | 'content-length'
  | 'malformed'
  | 'other'

/**
 * How an exchange ended.
 *
 * - `complete`: the body ended where its framing said it would.
 * - `held-open`: the terminator came, but the server had not closed the body when the linger ran out.
 * - `timeout`, `too-large`: the recorder's own bounds cut it. `headBytes` came, if any, of a head that did
 *   not end.
 * - `aborted`: the caller hung up.
 * - `failed`: no connection, or a broken one; `code` is the error code of Node.js or undici. `proxy`: what
 *   was to lead to the server did not; `message` says why.
 */
export type End =
  | { readonly how: 'complete'; readonly atMs: number }
  | { readonly how: 'held-open'; readonly atMs: number }
  | { readonly how: 'timeout'; readonly atMs: number; readonly headBytes?: number }
  | { readonly how: 'too-large'; readonly atMs: number }
  | { readonly how: 'aborted'; readonly atMs: number }
  | {
      readonly how: 'failed'
      readonly atMs: number
      readonly reason: FailureReason
      readonly code: string
      readonly message: string
    }

/**
 * One request and everything that came back, as plain data.
 *
 * Times are milliseconds on a monotonic clock whose zero is the moment the request went out on a
 * connection that stood (the moment of the call, when no connection was made).
 */
export interface Exchange {
  /** Names it in reports, in files, and in the server's own log (header `x-soundcheck-probe`). */
  readonly id: string
  /** What sent the request. */
  readonly probe: string
  /** Present where the request was no turn, but sent to find out what of one is refused. */
  readonly purpose?: 'control'
  /** Wall-clock time of the call, ISO 8601. */
  readonly startedAt: string
  /** From the call to a connection that stands: DNS, TCP, TLS. `null` when none was made. */
  readonly connectMs: number | null
  readonly request: HttpRequest
  /** `null` when the server never answered. */
  readonly response: HttpResponseHead | null
  /** The body as it travelled, compressed if it was. */
  readonly arrivals: readonly Arrival[]
  /** The body without its content coding; `null` when it had none or it could not be undone. */
  readonly decoded: readonly Arrival[] | null
  readonly end: End
}

/** The value of a header, joined with `, ` when it was sent more than once; names compare without case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase()
  let joined: string | undefined
  for (const [key, value] of headers) {
    if (key.length !== wanted.length || key.toLowerCase() !== wanted) continue
    joined = joined === undefined ? value : `${joined}, ${value}`
  }
  return joined
}

/** How many bytes several arrivals have. */
export function sizeOf(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((size, { bytes }) => size + bytes.length, 0)
}

type Seen = Omit<Exchange, 'decoded'> & Partial<Pick<Exchange, 'decoded'>>

/** What an exchange, and each arrival, takes beside its bytes, about. */
const EXCHANGE_BYTES = 2_048
const ARRIVAL_BYTES = 256

/** How much memory an exchange takes, about, in bytes. */
export function memoryOf({ request, arrivals, decoded }: Seen): number {
  const bodyOf = (body: readonly Arrival[]) => sizeOf(body) + body.length * ARRIVAL_BYTES
  return EXCHANGE_BYTES + (request.body?.length ?? 0) + bodyOf(arrivals) + bodyOf(decoded ?? [])
}

/** The bytes of several arrivals as one. */
export function concatArrivals(arrivals: readonly Arrival[]): Uint8Array {
  if (arrivals.length === 1) return arrivals[0]!.bytes
  const body = new Uint8Array(sizeOf(arrivals))
  let offset = 0
  for (const { bytes } of arrivals) {
    body.set(bytes, offset)
    offset += bytes.length
  }
  return body
}

/** Those bytes of several arrivals that stand between two offsets, as one. */
export function sliceArrivals(
  arrivals: readonly Arrival[],
  start: number,
  end: number,
): Uint8Array {
  const within: Arrival[] = []
  let offset = 0
  for (const { atMs, bytes } of arrivals) {
    if (offset >= end) break
    if (offset + bytes.length > start) {
      within.push({ atMs, bytes: bytes.subarray(Math.max(0, start - offset), end - offset) })
    }
    offset += bytes.length
  }
  return concatArrivals(within)
}
