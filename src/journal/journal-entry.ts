import {
  type AnyReply,
  type Ending,
  type Header,
  type HttpRequest,
  isLive,
  namesASecret,
  type SecretMask,
  secretsInBody,
  type Spectator,
  withoutSecretsInUrl,
} from '../wire/index.ts'
import type { ChatRequest } from '../protocol/index.ts'
import { maskOf } from './mask-of.ts'
import { scopeOf } from './scope-of.ts'
import type { Why } from './why.ts'

/** What was written in one go. Times are milliseconds since the request came in. */
export interface Write {
  /** Frames written by then, these included. */
  readonly frames: number
  /** When they were due. */
  readonly dueMs: number
  /** When they were written. */
  readonly writtenMs: number
}

/** One request, why it was answered as it was, and what became of the answer. */
export interface JournalEntry {
  /** Counts the requests of a mock, from 1. */
  readonly id: number
  readonly scope: string
  readonly method: string
  /** Without secrets, as are the headers. */
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string | null
  /** What it says in the words of chat completions, where its body alone does not: it names what was said before. */
  readonly request?: ChatRequest | undefined
  /** Why it was answered so; `null` when it was refused before, or broken by a fault. */
  readonly why: Why | null
  /** Status of the answer; `null` before there is one. */
  readonly status: number | null
  /** Frames of the answer: planned (of a live one, so far), written, and out of the process. */
  readonly frames: { readonly planned: number; readonly written: number; readonly flushed: number }
  readonly writes: readonly Write[]
  /** How it ended; `null` while it is under way. */
  readonly ending: Ending | null
  /** When it ended, in milliseconds since the request came in. */
  readonly endedMs: number | null
  /** Removes from a text what secrets the request has; all of it where they are too many. */
  withoutSecrets(text: string): string
}

/** An entry as it is shown elsewhere. */
type EntryJson = Omit<JournalEntry, 'request' | 'withoutSecrets'>

const REDACTED = '[redacted]'
/** Characters of a body that are shown: to find secrets in so many takes about a tenth of a second. */
const MAX_SHOWN = 64 * 1024

/** An entry while it is being written. */
export class OpenEntry implements JournalEntry, Spectator {
  readonly id: number
  readonly scope: string
  readonly method: string
  readonly body: string | null
  /** The moment the request came in, by the clock of the mock. */
  readonly zero: number
  readonly frames = { planned: 0, written: 0, flushed: 0 }
  readonly writes: Write[] = []
  request: ChatRequest | undefined
  why: Why | null = null
  status: number | null = null
  ending: Ending | null = null
  endedMs: number | null = null
  /** What must not be collected before the answer is over. */
  kept: unknown
  /** What the journal takes it for, in characters. */
  size = 0
  readonly #url: string
  readonly #headers: readonly Header[]
  readonly #onEnd: (entry: OpenEntry) => void

  constructor(id: number, request: HttpRequest, zero: number, onEnd: (entry: OpenEntry) => void) {
    this.id = id
    this.scope = scopeOf(request.headers)
    this.method = request.method
    this.#url = request.url
    this.#headers = request.headers
    this.body = request.body
    this.zero = zero
    this.#onEnd = onEnd
  }

  get url(): string {
    return withoutSecretsInUrl(this.#url)
  }

  get headers(): readonly Header[] {
    return this.#headers.map(([name, value]) => [name, namesASecret(name) ? REDACTED : value])
  }

  planned(reply: AnyReply): void {
    this.status = reply.status
    if (isLive(reply)) return
    let planned = 0
    for (const { kind } of reply.frames) if (kind !== 'hang-up') planned++
    this.frames.planned = planned
  }

  wrote(frames: number, dueMs: number, writtenMs: number): void {
    this.frames.written = frames
    // Of a live answer, nobody knew before.
    if (frames > this.frames.planned) this.frames.planned = frames
    this.writes.push({ frames, dueMs, writtenMs })
  }

  flushed(frames: number): void {
    this.frames.flushed = frames
  }

  /** Only the first ending counts. */
  ended(ending: Ending, atMs: number): void {
    if (this.ending !== null) return
    this.ending = ending
    this.endedMs = atMs
    this.kept = undefined
    this.#onEnd(this)
  }

  withoutSecrets(text: string): string {
    const known = secretsInBody(this.body ?? '')
    return known ? this.#mask(known).text(text) : REDACTED
  }

  /** What leaves the process shows no secret of the request in what else it says, either. */
  toJSON(): EntryJson {
    const { zero: _, request: _request, kept: _kept, size: _size, ...entry } = this
    const body = this.body?.slice(0, MAX_SHOWN) ?? null
    const known = secretsInBody(body ?? '')
    const { text } = this.#mask(known)
    return {
      ...entry,
      scope: text(this.scope),
      url: text(this.url),
      headers: this.headers.map(([name, value]) => [name, text(value)]),
      body: body && `${known ? text(body) : REDACTED}${this.#rest()}`,
      why: this.why && {
        ...this.why,
        misses: this.why.misses.map((miss) => ({ ...miss, failed: miss.failed.map(text) })),
      },
    }
  }

  /** Says how much of the body is not shown. */
  #rest(): string {
    const rest = (this.body?.length ?? 0) - MAX_SHOWN
    return rest > 0 ? `... and ${rest} characters more` : ''
  }

  #mask(known: readonly string[] | undefined): SecretMask {
    return maskOf({ url: this.#url, headers: this.#headers }, known)
  }
}
