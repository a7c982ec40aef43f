import type { Socket } from 'node:net'
import { buildConnector, Client } from 'undici'
import { BOUNDS } from './bounds.ts'
import { connectThrough } from './connect-through.ts'
import { decodeContent } from './content-coding.ts'
import { type Exchange, type Header, headerValue, type HttpRequest } from './exchange.ts'
import { describeFailure } from './describe-failure.ts'
import { type HttpProxy, isForwarded, toNextHop } from './http-proxy.ts'
import { padded } from './padded.ts'
import { tooLate } from './proxy-error.ts'
import { Recorder, type RecorderOptions, type Recording } from './recorder.ts'
import type { Terminator } from './terminator.ts'
import { terminatorWatch } from './terminator-watch.ts'

export interface RecordOptions extends RecorderOptions {
  readonly probe: string
  /** Names the exchange, and goes out as `x-soundcheck-probe`; the probe when absent. */
  readonly id?: string
  readonly purpose?: 'control'
  /** Blanks follow the body, up to so many bytes; the exchange does not tell them. */
  readonly paddedTo?: number
  /** What the request goes through. */
  readonly proxy?: HttpProxy | undefined
}

/**
 * Sends one request on a connection of its own and records what happens.
 *
 * Whatever the network or the server does is a result, and no more of it is kept than `BOUNDS` says:
 * this rejects only for a URL that is not `http:` or `https:`, or a header that HTTP forbids. Redirects
 * are never followed.
 */
export async function record(request: HttpRequest, options: RecordOptions): Promise<Exchange> {
  const { probe, id = probe, purpose } = options
  const sent = withOwnHeaders(request, id)
  const recording = await dispatch(sent, options)
  const { decoded, end } = await decode(recording)
  const exchange = {
    id,
    probe,
    ...(purpose && { purpose }),
    request: sent,
    ...recording,
    decoded,
    end,
  }
  return wasHeldOpen(exchange, options.terminator)
    ? { ...exchange, end: { how: 'held-open', atMs: end.atMs } }
    : exchange
}

async function decode({
  response,
  arrivals,
  end,
}: Recording): Promise<Pick<Exchange, 'decoded' | 'end'>> {
  const coding = headerValue(response?.headers ?? [], 'content-encoding')
  if (coding === undefined) return { decoded: null, end }
  const decoding = await decodeContent(coding, arrivals, BOUNDS.answer.bytes)
  if (decoding.how === 'impossible') return { decoded: null, end }
  return {
    decoded: decoding.arrivals,
    end: decoding.how === 'too-large' ? { how: 'too-large', atMs: end.atMs } : end,
  }
}

/** The deadline may come before the linger is over; compressed, the terminator could not be seen. */
function wasHeldOpen(
  { end, arrivals, decoded }: Exchange,
  terminator: Terminator | undefined,
): boolean {
  if (end.how !== 'timeout' || terminator === undefined) return false
  return terminatorWatch(terminator)(Buffer.concat((decoded ?? arrivals).map(({ bytes }) => bytes)))
}

function withOwnHeaders(request: HttpRequest, id: string): HttpRequest {
  const headers: Header[] = [...request.headers]
  if (headerValue(headers, 'accept-encoding') === undefined) {
    headers.push(['accept-encoding', 'identity'])
  }
  headers.push(['x-soundcheck-probe', id])
  return { ...request, headers }
}

/** Why a connection ends. The same one each time: most of what an error costs is its stack. */
const ENDED = new Error('the exchange has ended')

async function dispatch(request: HttpRequest, options: RecordOptions): Promise<Recording> {
  const { timeoutMs, proxy } = options
  const url = new URL(request.url)
  const { path, headers } = toNextHop(url, proxy)
  const connect = buildConnector({ allowH2: false, timeout: timeoutMs })
  let isAccepted = false
  let socket: Socket | undefined
  const connector: buildConnector.connector = (to, callback) => {
    isAccepted = to.httpSocket !== undefined
    // Its type does not tell that it gives the socket.
    socket = connect(to, callback) as unknown as Socket
    socket.once('connect', () => (isAccepted = true))
  }
  // A client of its own, so that no exchange inherits another's connection, fate or queue.
  const client = new Client(url.origin, {
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: proxy ? connectThrough(proxy, connector, timeoutMs) : connector,
  })
  const recorder = new Recorder(options)
  if (!options.signal?.aborted) {
    const { body, lengthHeader } = bodyToSend(request, options)
    client.dispatch(
      {
        path,
        method: request.method,
        headers: [...request.headers, ...headers, ...lengthHeader].flat(),
        body,
      },
      recorder,
    )
  }
  try {
    const recording = await recorder.recording
    const isOnItsWay = recording.connectMs === null && (isForwarded(url) || !isAccepted)
    if (proxy && isOnItsWay) return withProxy(recording, proxy, timeoutMs)
    if (url.protocol === 'https:') return isAccepted ? withHandshake(recording) : recording
    return withHeadBytes(recording, socket?.bytesRead ?? 0)
  } finally {
    // Destroying waits for the socket; nobody needs to.
    void client.destroy(ENDED)
  }
}

/** Of a body that is made as it is sent, undici has to be told how long it is. */
function bodyToSend({ body }: HttpRequest, { paddedTo }: RecordOptions) {
  if (body === null || paddedTo === undefined) return { body, lengthHeader: [] }
  const { length, body: stream } = padded(body, paddedTo)
  return { body: stream, lengthHeader: [['content-length', String(length)] as const] }
}

/** Where time ran out before the server was reached, the proxy is to blame. */
function withProxy(recording: Recording, proxy: HttpProxy, timeoutMs: number): Recording {
  const { end } = recording
  if (end.how !== 'timeout') return recording
  const failure = describeFailure(tooLate(proxy, timeoutMs))
  return { ...recording, end: { how: 'failed', atMs: end.atMs, ...failure } }
}

/** Of a head that did not end, undici tells nothing. */
function withHeadBytes(recording: Recording, headBytes: number): Recording {
  const { response, end } = recording
  if (response || end.how !== 'timeout' || headBytes === 0) return recording
  return { ...recording, end: { ...end, headBytes } }
}

/** Where no connection stands though one was accepted, the other side says nothing to TLS. */
function withHandshake(recording: Recording): Recording {
  const { connectMs, end } = recording
  if (end.how !== 'timeout' || connectMs !== null) return recording
  const message = 'the TLS handshake was not answered'
  const code = 'ERR_TLS_HANDSHAKE_TIMEOUT'
  return { ...recording, end: { how: 'failed', atMs: end.atMs, reason: 'tls', code, message } }
}
