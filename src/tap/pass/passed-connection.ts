import type { Socket } from 'node:net'
import { describeFailure } from '../../wire/thread.ts'
import type { Seen } from './exchange-draft.ts'
import { ExchangeObserver, type Unobserved } from './exchange-observer.ts'
import { RequestEditor } from './request-editor.ts'
import { requestReader, type RequestSegment } from './request-reader.ts'
import { type Side, upstreamSide } from './side.ts'
import { wallClock } from './wall-clock.ts'

/** What became of a connection, where it is not told by its exchanges. */
export type ConnectionEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'closed' }
  /** There is one to the upstream. */
  | { readonly kind: 'connected' }
  /** There is no connection to the upstream, so the client was left without an answer. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly message: string }
  /** A request did not bear the token. */
  | { readonly kind: 'refused' }
  | ({ readonly kind: 'unobserved' } & Unobserved)

export interface ConnectionOptions {
  readonly upstream: URL
  readonly insecure: boolean
  readonly token: string | undefined
  /** Counted from 1. */
  readonly connection: number
  readonly nextId: () => string
  readonly onSeen: (seen: Seen) => void
  readonly onEvent: (event: ConnectionEvent) => void
}

const REFUSAL =
  'This tap wants its token: in x-soundcheck-tap-token, or before the path, as /t/<token>.\n'
const REFUSED =
  'HTTP/1.1 401 Unauthorized\r\ncontent-type: text/plain\r\n' +
  `content-length: ${REFUSAL.length}\r\nconnection: close\r\n\r\n${REFUSAL}`

/** So long a client that was refused may take to leave. */
const REFUSED_MS = 5_000

/** Passes what comes on the connection of a client to one of its own to the upstream, and back. */
export class PassedConnection {
  readonly #client: Side
  readonly #options: ConnectionOptions
  readonly #requests = requestReader()
  readonly #editor: RequestEditor
  readonly #observer: ExchangeObserver
  #upstream: Side | undefined
  #isConnected = false
  #isRefused = false
  #isOver = false

  constructor(client: Side, options: ConnectionOptions) {
    const { upstream, token, connection, nextId, onSeen, onEvent } = options
    this.#client = client
    this.#options = options
    this.#editor = new RequestEditor({ host: upstream.host, token })
    this.#observer = new ExchangeObserver({
      upstream,
      place: { connection, client: client.stream.remoteAddress ?? '' },
      nextId,
      wallClock,
      onSeen,
      onUnobserved: (unobserved) => {
        if (unobserved.why === 'upgraded') this.#requests.leaveHttp()
        onEvent({ kind: 'unobserved', ...unobserved })
      },
    })
    onEvent({ kind: 'opened' })
    client.stream
      .on('data', (bytes) => this.#fromClient(bytes))
      .on('end', () => this.#clientEnded())
      .on('drain', () => this.#upstream?.stream.resume())
      .on('error', () => this.close())
      .on('close', () => this.#closed())
  }

  /** Breaks it off on both sides. */
  readonly close = (): void => {
    this.#observer.clientGone(performance.now())
    this.#client.reset()
    this.#upstream?.reset()
  }

  #fromClient(bytes: Buffer): void {
    if (this.#isRefused) return
    const at = performance.now()
    const edited = this.#editor.edit(this.#requests.read(bytes))
    if (edited === 'refused') this.#refuse()
    else this.#toUpstream(edited, at)
  }

  #toUpstream(segments: readonly RequestSegment[], at: number): void {
    const bytes = bytesOf(segments)
    if (bytes.length > 0) {
      const { stream } = (this.#upstream ??= this.#connect())
      if (!stream.write(bytes)) this.#client.stream.pause()
    }
    this.#observer.asked(segments, at)
  }

  #clientEnded(): void {
    if (this.#isRefused) return
    const at = performance.now()
    const rest = this.#editor.close()
    if (rest === 'refused') return this.#refuse()
    this.#toUpstream(rest, at)
    this.#observer.clientEnded(at)
    // It said nothing, so the upstream never heard of it.
    if (this.#upstream) this.#upstream.stream.end()
    else this.#client.stream.end()
  }

  #connect(): Side {
    const { upstream, insecure } = this.#options
    const side = upstreamSide(upstream, insecure)
    const ready = upstream.protocol === 'https:' ? 'secureConnect' : 'connect'
    side.stream
      .once(ready, () => {
        this.#isConnected = true
        this.#observer.connected(performance.now())
        this.#options.onEvent({ kind: 'connected' })
      })
      .on('data', (bytes) => this.#fromUpstream(bytes))
      .on('end', () => {
        this.#client.stream.end()
        this.#observer.upstreamEnded(performance.now())
      })
      .on('drain', () => this.#client.stream.resume())
      .on('error', (error) => this.#upstreamFailed(error))
      .on('close', () => this.#closed())
    return side
  }

  #fromUpstream(bytes: Buffer): void {
    const at = performance.now()
    if (!this.#client.stream.write(bytes)) this.#upstream!.stream.pause()
    this.#observer.answered(bytes, at)
  }

  #upstreamFailed(error: Error): void {
    const failure = describeFailure(error)
    const { code, message } = failure
    this.#observer.upstreamFailed(failure, performance.now())
    if (!this.#isConnected) this.#options.onEvent({ kind: 'unreachable', code, message })
    // A reset discards what waits in the socket, which came before it.
    whenWritten(this.#client.stream, this.close)
  }

  /** Says so, unless that would stand within the answer to another request. */
  #refuse(): void {
    this.#options.onEvent({ kind: 'refused' })
    if (this.#observer.isBusy) return this.close()
    this.#isRefused = true
    this.#upstream?.reset()
    this.#client.stream.setTimeout(REFUSED_MS, this.close).end(REFUSED)
  }

  /** One side is; what was sent to the other may still be on its way. */
  #closed(): void {
    const [client, upstream] = [this.#client.stream, this.#upstream?.stream]
    if (client.closed && upstream?.writableEnded === false) upstream.destroy()
    if (this.#isOver || !client.closed || upstream?.closed === false) return
    this.#isOver = true
    this.#observer.clientGone(performance.now())
    this.#options.onEvent({ kind: 'closed' })
  }
}

function bytesOf(segments: readonly RequestSegment[]): Uint8Array {
  const pieces = segments.flatMap((segment) => ('bytes' in segment ? [segment.bytes] : []))
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}

function whenWritten(stream: Socket, then: () => void): void {
  if (stream.destroyed || stream.writableFinished) then()
  else if (stream.writableEnded) stream.once('finish', then)
  else stream.write('', then)
}
