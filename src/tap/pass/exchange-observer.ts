import { type EndedHow, ExchangeDraft, type PassInfo, type Seen } from './exchange-draft.ts'
import type { RequestHead, RequestSegment } from './request-reader.ts'
import { responseReader, type ResponseSegment } from './response-reader.ts'

export interface ObserverOptions {
  readonly upstream: URL
  readonly place: Pick<PassInfo, 'connection' | 'client'>
  readonly nextId: () => string
  /** ISO 8601. */
  readonly wallClock: () => string
  readonly onSeen: (seen: Seen) => void
  /** What follows on the connection is not observed. */
  readonly onUnobserved: (unobserved: Unobserved) => void
}

export type Unobserved =
  /** Both sides agreed on another protocol, or on a tunnel. */
  | { readonly why: 'upgraded' }
  /** What one side sends is no HTTP/1 that can be read. */
  | {
      readonly why: 'unreadable'
      readonly side: 'client' | 'upstream'
      readonly reason: string
    }

type Failed = Extract<EndedHow, { how: 'failed' }>

/** What an upstream comes to that closes too early, in the words of undici. */
const CLOSED: Failed = {
  how: 'failed',
  reason: 'premature-end',
  code: 'UND_ERR_SOCKET',
  message: 'other side closed',
}

/** No client sends so many before the first is answered. */
const MAX_WAITING = 32

/**
 * Makes exchanges of what passes on a connection, and does no I/O: it is told what came, and when, on
 * `performance.now()`.
 */
export class ExchangeObserver {
  readonly #options: ObserverOptions
  readonly #responses = responseReader(() => this.#waiting[0]?.method)
  /** Those whose answer is not over, in the order in which they were asked. */
  #waiting: ExchangeDraft[] = []
  /** The one whose request is not over. */
  #asking: ExchangeDraft | undefined
  #begun: { readonly at: number; readonly startedAt: string } | undefined
  #nth = 0
  #connectedAt: number | null = null
  #clientLeftAt: number | null = null
  #readsRequests = true
  #readsResponses = true
  /** The one whose answer is under way; what comes unasked, such as a timeout, answers none. */
  #answering: ExchangeDraft | undefined

  constructor(options: ObserverOptions) {
    this.#options = options
  }

  /** Whether a request has come whose answer is not over. */
  get isBusy(): boolean {
    return this.#waiting.length > 0
  }

  /** A connection to the upstream stands. */
  connected(at: number): void {
    this.#connectedAt = at
    for (const draft of this.#waiting) draft.connected(at)
  }

  /** Something went to the upstream. */
  asked(segments: readonly RequestSegment[], at: number): void {
    for (const segment of segments) if (this.#readsRequests) this.#takeRequest(segment, at)
  }

  /** Something came from the upstream. */
  answered(bytes: Uint8Array, at: number): void {
    // What follows those that were read answers what was not.
    if (!this.#readsResponses || !(this.#readsRequests || this.isBusy)) return
    for (const segment of this.#responses.read(bytes)) this.#takeResponse(segment, at)
  }

  /** The client sends nothing more. */
  clientEnded(at: number): void {
    this.#clientLeftAt ??= at
  }

  /** The client is gone; where it did not leave by itself, it was left. */
  clientGone(at: number): void {
    this.clientEnded(at)
    this.#endAll(CLOSED, at)
  }

  /** The upstream sends nothing more. */
  upstreamEnded(at: number): void {
    if (this.#answering && this.#responses.endsByClose) this.#finish({ how: 'complete' }, at)
    this.#endAll(CLOSED, at)
  }

  /** There is no connection to the upstream, or none any more. */
  upstreamFailed(failure: Omit<Failed, 'how'>, at: number): void {
    this.#endAll({ how: 'failed', ...failure }, at)
  }

  #takeRequest(segment: RequestSegment, at: number): void {
    switch (segment.kind) {
      case 'line':
        if (segment.line.trim() !== '') {
          this.#begun ??= { at, startedAt: this.#options.wallClock() }
        }
        return
      case 'head':
        return this.#begin(segment.head, at)
      case 'body':
        return this.#asking?.requestBody(segment.bytes, at)
      case 'end':
        this.#asking?.requestEnd(at)
        this.#asking = undefined
        return
      case 'unreadable':
        this.#readsRequests = false
        this.#options.onUnobserved({ why: 'unreadable', side: 'client', reason: segment.reason })
    }
  }

  #begin(head: RequestHead, at: number): void {
    if (this.#waiting.length === MAX_WAITING) {
      const reason = 'Too many requests wait for an answer'
      return this.#stop({ why: 'unreadable', side: 'client', reason })
    }
    const { upstream, place, nextId } = this.#options
    const begun = this.#begun ?? { at, startedAt: this.#options.wallClock() }
    this.#begun = undefined
    this.#asking = new ExchangeDraft(
      { id: nextId(), upstream, ...begun, place: { ...place, nth: ++this.#nth } },
      head,
      at,
      this.#connectedAt,
    )
    this.#waiting.push(this.#asking)
  }

  #takeResponse(segment: ResponseSegment, at: number): void {
    switch (segment.kind) {
      case 'head':
        if (this.#waiting[0]?.responseHead(segment.head, at)) this.#answering = this.#waiting[0]
        return
      case 'body':
        return this.#answering?.responseBody(segment.bytes, at)
      case 'end':
        this.#answering?.trailers(segment.trailers)
        return this.#answering && this.#finish({ how: 'complete' }, at)
      case 'upgrade':
        return this.#stop({ why: 'upgraded' })
      case 'unreadable':
        this.#finish(malformed(segment.reason), at)
        return this.#stop({ why: 'unreadable', side: 'upstream', reason: segment.reason })
    }
  }

  #finish(how: EndedHow, at: number): void {
    this.#answering = undefined
    const draft = this.#waiting.shift()
    if (draft) this.#options.onSeen(draft.end(how, at))
  }

  #endAll(failed: Failed, at: number): void {
    while (this.isBusy) {
      if (this.#clientLeftAt === null) this.#finish(failed, at)
      else this.#finish({ how: 'aborted' }, this.#clientLeftAt)
    }
  }

  #stop(unobserved: Unobserved): void {
    this.#readsRequests = false
    this.#readsResponses = false
    this.#waiting = []
    this.#asking = undefined
    this.#answering = undefined
    this.#options.onUnobserved(unobserved)
  }
}

function malformed(why: string): Failed {
  const message = `Response does not match the HTTP/1.1 protocol (${why})`
  return { how: 'failed', reason: 'malformed', code: 'HTTPParserError', message }
}
