import { TOOL } from '../../endpoint/index.ts'
import type { JsonObject } from '../../protocol/index.ts'
import {
  arrivalToJson,
  concatArrivals,
  type Exchange,
  type Header,
  headerValue,
  type HttpRequest,
  sizeOf,
} from '../../wire/index.ts'
import type { Har, HarEntry } from './har.ts'

/** Writes exchanges as an HTTP Archive; no byte and no time is lost. */
export function toHar(exchanges: readonly Exchange[]): Har {
  const { name, version } = TOOL
  return { log: { version: '1.2', creator: { name, version }, entries: exchanges.map(toEntry) } }
}

function toEntry(exchange: Exchange): HarEntry {
  const { id, probe, purpose, startedAt, connectMs, response, arrivals, decoded, end } = exchange
  const headMs = response?.atMs ?? null
  const connect = connectMs ?? 0
  const wait = headMs ?? end.atMs
  const receive = Math.max(0, end.atMs - wait)
  return {
    startedDateTime: startedAt,
    time: connect + wait + receive,
    request: toRequest(exchange.request),
    response: toResponse(exchange),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: connectMs ?? -1, send: 0, wait, receive, ssl: -1 },
    _soundcheck: {
      id,
      probe,
      ...(purpose && { purpose }),
      connectMs,
      headMs,
      arrivals: (decoded ?? arrivals).map(({ atMs, bytes }) => ({ atMs, size: bytes.length })),
      coded: decoded && arrivals.map(arrivalToJson),
      end,
    },
  }
}

/** As the format says where a size is not known. */
const UNKNOWN = -1

function toRequest({ method, url, headers, body }: HttpRequest): JsonObject {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toPairs(headers),
    queryString: URL.canParse(url) ? toPairs([...new URL(url).searchParams]) : [],
    ...(body !== null && {
      postData: { mimeType: headerValue(headers, 'content-type') ?? '', text: body },
    }),
    headersSize: UNKNOWN,
    bodySize: body === null ? 0 : new TextEncoder().encode(body).length,
  }
}

function toResponse({ response, arrivals, decoded }: Exchange): JsonObject {
  const { status = 0, statusText = '', headers = [] } = response ?? {}
  const content = decoded ?? arrivals
  // The time is told elsewhere.
  const { atMs: _, ...said } = arrivalToJson({ atMs: 0, bytes: concatArrivals(content) })
  return {
    status,
    statusText,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toPairs(headers),
    content: {
      size: sizeOf(content),
      mimeType: headerValue(headers, 'content-type') ?? '',
      ...('text' in said ? said : { text: said.base64, encoding: 'base64' }),
    },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: UNKNOWN,
    bodySize: sizeOf(arrivals),
  }
}

function toPairs(headers: readonly Header[]): JsonObject[] {
  return headers.map(([name, value]) => ({ name, value }))
}
