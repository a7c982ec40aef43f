import {
  type Arrival,
  BOUNDS,
  type End,
  type Exchange,
  type Header,
  type HttpResponseHead,
} from '../../wire/thread.ts'
import type { Head } from './message-reader.ts'
import type { RequestHead } from './request-reader.ts'
import type { StatusLine } from './response-reader.ts'

/** An exchange as it was seen, its body still in its content coding. */
type SeenExchange = Omit<Exchange, 'decoded'>

/** What an exchange has no room for. */
export interface PassInfo {
  /** Of the client, counted from 1. */
  readonly connection: number
  /** Which one on that connection, counted from 1. */
  readonly nth: number
  /** Whose the connection is. */
  readonly client: string
  /** Of the body of the answer, whether they are kept or not. */
  readonly passedBytes: number
  /** Whether `arrivals` lack what came later; `end` says when all of it had come even so. */
  readonly isCut: boolean
  /** Whether the body of the request is longer than what is kept of it. */
  readonly isRequestCut: boolean
  /** Heads that came before the one that counts, such as early hints. */
  readonly interim: readonly HttpResponseHead[]
  readonly trailers: readonly Header[]
}

export interface Seen {
  readonly exchange: SeenExchange
  readonly info: PassInfo
}

/** What is known of an exchange before its request is read. */
export interface Begun {
  readonly id: string
  readonly upstream: URL
  /** When its first byte came. */
  readonly at: number
  /** The same on the wall clock, ISO 8601. */
  readonly startedAt: string
  readonly place: Pick<PassInfo, 'connection' | 'nth' | 'client'>
}

/** More than any server sends. */
const MAX_INTERIM = 100

/** Takes down an exchange while it passes. */
export class ExchangeDraft {
  readonly #begun: Begun
  readonly #head: RequestHead
  readonly #requestBody: Uint8Array[] = []
  #requestBytes = 0
  #isRequestCut = false
  #isRequestOver = false
  /** When the last of the request went out that did before the answer. */
  #sentAt: number
  /** When the connection to the upstream stood; `null` as long as it does not. */
  #connectedAt: number | null
  #response: HttpResponseHead | null = null
  readonly #interim: HttpResponseHead[] = []
  readonly #arrivals: Arrival[] = []
  #passedBytes = 0
  #keptBytes = 0
  #isCut = false
  #trailers: readonly Header[] = []

  constructor(begun: Begun, head: RequestHead, at: number, connectedAt: number | null) {
    this.#begun = begun
    this.#head = head
    this.#sentAt = at
    this.#connectedAt = connectedAt
  }

  get method(): string {
    return this.#head.start.method
  }

  connected(at: number): void {
    this.#connectedAt = at
  }

  requestBody(bytes: Uint8Array, at: number): void {
    this.#touchRequest(at)
    const isFull = this.#isRequestCut || this.#requestBody.length === BOUNDS.answer.reads
    const kept = bytes.subarray(0, isFull ? 0 : BOUNDS.answer.bytes - this.#requestBytes)
    this.#isRequestCut ||= kept.length < bytes.length
    this.#requestBytes += kept.length
    if (kept.length > 0) this.#requestBody.push(kept)
  }

  requestEnd(at: number): void {
    this.#touchRequest(at)
    this.#isRequestOver = true
  }

  /** Takes down a head; tells whether it is the one that counts. */
  responseHead({ start, headers }: Head<StatusLine>, at: number): boolean {
    const head = { ...start, headers, atMs: this.#since(at) }
    if (start.status >= 200) this.#response = head
    else if (this.#interim.length < MAX_INTERIM) this.#interim.push(head)
    return start.status >= 200
  }

  responseBody(bytes: Uint8Array, at: number): void {
    const isFull = this.#isCut || this.#arrivals.length === BOUNDS.answer.reads
    const kept = bytes.subarray(0, isFull ? 0 : BOUNDS.answer.bytes - this.#keptBytes)
    this.#passedBytes += bytes.length
    this.#keptBytes += kept.length
    this.#isCut ||= kept.length < bytes.length
    if (kept.length > 0) this.#arrivals.push({ atMs: this.#since(at), bytes: kept })
  }

  trailers(trailers: readonly Header[]): void {
    this.#trailers = trailers
  }

  end(end: EndedHow, at: number): Seen {
    const { id, upstream, at: begunAt, startedAt, place } = this.#begun
    const connectedAt = this.#connectedAt
    return {
      exchange: {
        id,
        probe: 'tap',
        startedAt,
        connectMs: connectedAt === null ? null : round(Math.max(0, connectedAt - begunAt)),
        request: {
          method: this.method,
          url: urlAt(upstream, this.#head.start.target),
          headers: this.#head.headers,
          body: this.#requestBytes === 0 ? null : Buffer.concat(this.#requestBody).toString(),
        },
        response: this.#response,
        arrivals: this.#arrivals,
        // Who left may be sent something even so.
        end: { ...end, atMs: Math.max(this.#since(at), this.#lastAtMs) },
      },
      info: {
        ...place,
        passedBytes: this.#passedBytes,
        isCut: this.#isCut,
        isRequestCut: this.#isRequestCut,
        interim: this.#interim,
        trailers: this.#trailers,
      },
    }
  }

  get #lastAtMs(): number {
    return this.#arrivals.at(-1)?.atMs ?? this.#response?.atMs ?? 0
  }

  /** What goes out after the answer has begun is not what it answers. */
  #touchRequest(at: number): void {
    if (!this.#response && !this.#isRequestOver) this.#sentAt = at
  }

  #since(at: number): number {
    return round(Math.max(0, at - Math.max(this.#sentAt, this.#connectedAt ?? 0)))
  }
}

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never
export type EndedHow = Without<Extract<End, { how: 'complete' | 'aborted' | 'failed' }>, 'atMs'>

/** A proxy is asked for a whole URL, and some clients take an endpoint for one. */
function urlAt(upstream: URL, target: string): string {
  return target.startsWith('/') ? upstream.origin + target : target
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
