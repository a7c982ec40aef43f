import { asksForAnswer } from '../../protocol/index.ts'
import {
  type Arrival,
  arrivalFromJson,
  type End,
  type Exchange,
  type Header,
  headerValue,
  sliceArrivals,
} from '../../wire/index.ts'
import type { WithoutRoom } from './har.ts'

/** An HTTP Archive as whoever wrote it; see `harSchema`. */
export interface ForeignHar {
  readonly log: { readonly entries: readonly ForeignEntry[] }
}

interface ForeignEntry {
  readonly startedDateTime: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly Pair[]
    readonly postData?: Content | null
  }
  readonly response: {
    readonly status: number
    readonly statusText?: string | null
    readonly headers: readonly Pair[]
    readonly content?: Content | null
    readonly _error?: unknown
  }
  readonly timings?: Partial<Record<'connect' | 'send' | 'wait' | 'receive', number | null>> | null
  readonly _soundcheck?: WithoutRoom
}

interface Pair {
  readonly name: string
  readonly value: string
}

interface Content {
  readonly text?: string | null
  readonly encoding?: string | null
}

/** An exchange that an HTTP Archive holds. */
export interface HarCall {
  /** The place of its entry, from 0. */
  readonly entry: number
  readonly exchange: Exchange
  /** Whether it is known when each piece of the answer came. */
  readonly isTimed: boolean
}

/**
 * Takes the calls of language models from an HTTP Archive: what we wrote as it was; of what others
 * wrote, a browser, mitmproxy or Charles, what was asked at the path of a dialect.
 */
export function fromHar({ log }: ForeignHar): HarCall[] {
  return log.entries.flatMap((entry, i): HarCall[] => {
    const { _soundcheck: own } = entry
    if (own) return [{ entry: i, exchange: asItWas(entry, own), isTimed: true }]
    return asksForAnswer(entry.request)
      ? [{ entry: i, exchange: asTold(entry, i), isTimed: false }]
      : []
  })
}

function asItWas(entry: ForeignEntry, own: WithoutRoom): Exchange {
  const { id, probe, purpose, connectMs, headMs, arrivals, coded, end } = own
  const content = [{ atMs: 0, bytes: bytesOf(entry.response.content) }]
  let offset = 0
  const pieces = arrivals.map(({ atMs, size }): Arrival => {
    offset += size
    return { atMs, bytes: sliceArrivals(content, offset - size, offset) }
  })
  return {
    id,
    probe,
    ...(purpose && { purpose }),
    startedAt: entry.startedDateTime,
    connectMs,
    request: requestOf(entry),
    response: headMs === null ? null : headOf(entry, headMs),
    arrivals: coded?.map(arrivalFromJson) ?? pieces,
    decoded: coded && pieces,
    end,
  }
}

function asTold(entry: ForeignEntry, i: number): Exchange {
  const { response, timings } = entry
  const { connect, wait, receive } = timings ?? {}
  const headMs = known(wait) ?? 0
  const endMs = headMs + (known(receive) ?? 0)
  const bytes = bytesOf(response.content)
  const arrivals = bytes.length > 0 ? [{ atMs: endMs, bytes }] : []
  const isCoded = headerValue(toHeaders(response.headers), 'content-encoding') !== undefined
  const isAnswered = response.status > 0
  return {
    id: `har-${i + 1}`,
    probe: 'har',
    startedAt: asIso(entry.startedDateTime),
    connectMs: known(connect) ?? (isAnswered ? 0 : null),
    request: requestOf(entry),
    response: isAnswered ? headOf(entry, headMs) : null,
    arrivals,
    // What is archived has no coding any more.
    decoded: isCoded ? arrivals : null,
    end: endOf(entry, endMs),
  }
}

/** Chromium tells with `_error` what broke; where nobody answered, all write the status 0. */
function endOf({ response: { status, _error: error } }: ForeignEntry, atMs: number): End {
  const message = typeof error === 'string' && error !== '' ? error : undefined
  if (message !== undefined && /abort|cancel/i.test(message)) return { how: 'aborted', atMs }
  if (message === undefined && status > 0) return { how: 'complete', atMs }
  return { how: 'failed', atMs, reason: 'other', code: '', message: message ?? 'no answer' }
}

function requestOf({ request: { method, url, headers, postData } }: ForeignEntry) {
  const body = postData?.text ?? null
  const isText = postData?.encoding !== 'base64'
  return {
    method,
    url,
    headers: toHeaders(headers),
    body: body === null || isText ? body : utf8.decode(bytesOf(postData)),
  }
}

function headOf({ response: { status, statusText, headers } }: ForeignEntry, atMs: number) {
  return { status, statusText: statusText ?? '', headers: toHeaders(headers), atMs }
}

/** HTTP/2 and HTTP/3 put the request line among the headers. */
function toHeaders(pairs: readonly Pair[]): Header[] {
  return pairs.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => [name, value])
}

const utf8 = new TextDecoder()

function bytesOf(content: Content | null | undefined): Uint8Array {
  const text = content?.text ?? ''
  const piece = content?.encoding === 'base64' ? { base64: text } : { text }
  return arrivalFromJson({ atMs: 0, ...piece }).bytes
}

/** What is not known is -1, or is not there. */
function known(ms: number | null | undefined): number | undefined {
  return typeof ms === 'number' && ms >= 0 ? ms : undefined
}

function asIso(moment: string): string {
  const time = Date.parse(moment)
  return Number.isNaN(time) ? new Date(0).toISOString() : new Date(time).toISOString()
}
