import { Client, errors } from 'undici'
import { decodeContent } from './content-coding.ts'
import type { Arrival, End, Exchange, Header, HttpRequest, HttpResponseHead } from './exchange.ts'
import { headerValue } from './exchange.ts'
import { describeFailure } from './failure.ts'

export interface RecordOptions {
  /** Goes out as `x-soundcheck-probe`. */
  readonly probe: string
  /** From the call to the end of the body, in milliseconds. */
  readonly timeoutMs: number
  /** The body is cut beyond this many bytes. */
  readonly maxBytes?: number
  /**
   * Once the body matches, the server has `lingerMs` left to close it. A line break stands before
   * the first byte, so that a line can be matched wherever it is.
   */
  readonly terminator?: RegExp
  readonly lingerMs?: number
  /** Hangs up; the exchange then ends as `aborted`. */
  readonly signal?: AbortSignal
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024
const DEFAULT_LINGER_MS = 1_500

/**
 * Sends one request on a connection of its own and records what happens.
 *
 * Whatever the network or the server does is a result: this rejects only for a URL that is not
 * `http:` or `https:`, or a header that HTTP forbids. Redirects are never followed.
 */
export async function record(request: HttpRequest, options: RecordOptions): Promise<Exchange> {
  const sent = withOwnHeaders(request, options.probe)
  const raw = await dispatch(sent, options)
  const coding = headerValue(raw.response?.headers ?? [], 'content-encoding')
  return {
    probe: options.probe,
    startedAt: raw.startedAt,
    connectMs: raw.connectMs,
    request: sent,
    response: raw.response,
    arrivals: raw.arrivals,
    decoded: coding === undefined ? null : await decodeContent(coding, raw.arrivals),
    end: raw.end,
  }
}

function withOwnHeaders(request: HttpRequest, probe: string): HttpRequest {
  const headers: Header[] = [...request.headers]
  if (headerValue(headers, 'accept-encoding') === undefined) {
    headers.push(['accept-encoding', 'identity'])
  }
  headers.push(['x-soundcheck-probe', probe])
  return { ...request, headers }
}

type Recording = Pick<Exchange, 'startedAt' | 'connectMs' | 'response' | 'arrivals' | 'end'>

function dispatch(request: HttpRequest, options: RecordOptions): Promise<Recording> {
  const url = new URL(request.url)
  // A client of its own, so that no exchange inherits another's connection, fate or queue.
  const client = new Client(url.origin, {
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.timeoutMs },
  })
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
  const watch = options.terminator === undefined ? undefined : terminatorWatch(options.terminator)

  return new Promise((resolve, reject) => {
    const startedAt = new Date().toISOString()
    const called = performance.now()
    let sent: number | undefined
    let response: HttpResponseHead | null = null
    let lingering: NodeJS.Timeout | undefined
    let size = 0
    let over = false
    const arrivals: Arrival[] = []

    const now = () => round(performance.now() - (sent ?? called))
    const settle = (end: End) => {
      if (over) return
      over = true
      clearTimeout(deadline)
      clearTimeout(lingering)
      options.signal?.removeEventListener('abort', hangUp)
      const connectMs = sent === undefined ? null : round(sent - called)
      resolve({ startedAt, connectMs, response, arrivals, end })
      // Destroying waits for the socket; nobody needs to.
      void client.destroy()
    }
    const hangUp = () => settle({ how: 'aborted', atMs: now() })
    const deadline = setTimeout(() => settle({ how: 'timeout', atMs: now() }), options.timeoutMs)

    if (options.signal?.aborted) return hangUp()
    options.signal?.addEventListener('abort', hangUp, { once: true })

    client.dispatch(
      {
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers.flat(),
        body: request.body,
      },
      {
        onRequestStart() {
          sent = performance.now()
        },
        onResponseStart(controller, status, _headers, statusText = '') {
          if (status < 200) return
          response = { status, statusText, headers: pairs(controller.rawHeaders), atMs: now() }
        },
        onResponseData(_controller, bytes) {
          if (over) return
          const atMs = now()
          arrivals.push({ atMs, bytes })
          size += bytes.length
          if (size > maxBytes) return settle({ how: 'too-large', atMs })
          if (lingering === undefined && watch?.(bytes)) {
            lingering = setTimeout(
              () => settle({ how: 'held-open', atMs: now() }),
              options.lingerMs ?? DEFAULT_LINGER_MS,
            )
          }
        },
        onResponseEnd() {
          settle({ how: 'complete', atMs: now() })
        },
        onResponseError(_controller, error) {
          // The request itself was impossible: the caller's mistake, not an answer.
          if (error instanceof errors.InvalidArgumentError) reject(error)
          settle({ how: 'failed', atMs: now(), ...describeFailure(error) })
        },
      },
    )
  })
}

/** More than any terminator that arrives in two pieces can have in the first. */
const TAIL_LENGTH = 64

/** Tells whether the terminator has been seen, however the bytes are split. */
function terminatorWatch(terminator: RegExp): (bytes: Uint8Array) => boolean {
  let tail = '\n'
  return (bytes) => {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const seen = tail + piece
    tail = seen.slice(-TAIL_LENGTH)
    return terminator.test(seen)
  }
}

function pairs(raw: Iterable<unknown> | object | null | undefined): Header[] {
  const flat = Array.isArray(raw) ? raw.map(String) : []
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!])
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
