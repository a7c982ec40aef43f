import { hash, timingSafeEqual } from 'node:crypto'
import type { RequestHead, RequestSegment } from './request-reader.ts'

export interface RequestEditorOptions {
  /** What `Host` becomes. */
  readonly host: string
  /** What each request must bear, in `x-soundcheck-tap-token` or before its path, as `/t/<token>`. */
  readonly token?: string | undefined
}

/** What of a request goes on; it is refused where it bears no token, and one is asked for. */
export type Edited = readonly RequestSegment[] | 'refused'

const HOST = 'host:'
const PROXY_CONNECTION = 'proxy-connection:'
const TOKEN_HEADER = 'x-soundcheck-tap-token'
const TOKEN = `${TOKEN_HEADER}:`

type LineSegment = Extract<RequestSegment, { kind: 'line' }>

/**
 * Makes what a client sends to the tap what it would send to the upstream, and changes nothing else: the
 * host, a header that is for a proxy, and the token, which is taken away.
 *
 * Of a line that may have to be changed, nothing goes on before it is whole; of all others, each byte at
 * once. Where there is a token, nothing of a request goes on before it is seen.
 */
export class RequestEditor {
  readonly #host: string
  readonly #token: string | undefined
  readonly #special: readonly string[]
  /** Of a line that may have to be changed. */
  #held: LineSegment[] = []
  /** Whether the rest of the line goes on as it is. */
  #isPlain = false
  /** Of a request that has not shown its token. */
  readonly #gated: RequestSegment[] = []
  #isOpen: boolean

  constructor({ host, token }: RequestEditorOptions) {
    this.#host = host
    this.#token = token
    this.#special = [HOST, PROXY_CONNECTION, ...(token === undefined ? [] : [TOKEN])]
    this.#isOpen = token === undefined
  }

  edit(segments: readonly RequestSegment[]): Edited {
    const passed: RequestSegment[] = []
    for (const segment of segments) {
      const { kind } = segment
      const edited = kind === 'line' ? this.#editLine(segment) : this.#editOther(segment)
      // Where requests cannot be told apart, none can show its token.
      if (kind === 'unreadable' && this.#token !== undefined) return 'refused'
      if (this.#isOpen || kind === 'opaque') passed.push(...this.#gated.splice(0), ...edited)
      else if (kind === 'head') return 'refused'
      else this.#gated.push(...edited)
      if (kind === 'end') this.#isOpen = this.#token === undefined
    }
    return passed
  }

  /** What was held back, when nothing more comes. */
  close(): Edited {
    const isWaiting = this.#gated.length > 0 || this.#held.length > 0
    return isWaiting && !this.#isOpen ? 'refused' : this.#held.splice(0)
  }

  #editOther(segment: RequestSegment): RequestSegment[] {
    return [
      ...this.#held.splice(0),
      segment.kind === 'head' ? this.#editHead(segment.head) : segment,
    ]
  }

  #editHead({ start, headers }: RequestHead): RequestSegment {
    const own = this.#token === undefined ? undefined : TOKEN_HEADER
    return {
      kind: 'head',
      head: {
        start: { ...start, target: this.#withoutPrefix(start.target) ?? start.target },
        headers: headers.filter(([name]) => name.toLowerCase() !== own),
      },
    }
  }

  #editLine(segment: LineSegment): RequestSegment[] {
    const { line, isStart, isWhole } = segment
    if (this.#isPlain || !this.#isSpecial(line, isStart)) {
      this.#isPlain = !isWhole
      return [...this.#held.splice(0), segment]
    }
    this.#held.push(segment)
    if (!isWhole) return []
    const held = this.#held.splice(0)
    const edited = isStart ? this.#editStart(line) : this.#editField(line)
    if (edited === line) return held
    return [{ ...segment, bytes: Buffer.from(edited, 'latin1') }]
  }

  #isSpecial(line: string, isStart: boolean): boolean {
    if (isStart) return this.#token !== undefined
    const start = line.toLowerCase()
    return this.#special.some((name) => start.startsWith(name) || name.startsWith(start))
  }

  #editStart(line: string): string {
    const [, method, target, rest] = /^(\S+ )(\S+)([^]*)$/.exec(line) ?? []
    const own = target === undefined ? undefined : this.#withoutPrefix(target)
    if (own === undefined) return line
    this.#isOpen = true
    return `${method}${own}${rest}`
  }

  #editField(line: string): string {
    const [, name, space, value, end] = /^([^:]+:)([ \t]*)(.*?)([ \t]*\r?\n)$/.exec(line) ?? []
    switch (name?.toLowerCase()) {
      case HOST:
        return value === '' ? line : `${name}${space}${this.#host}${end}`
      case PROXY_CONNECTION:
        return ''
      case TOKEN:
        if (this.#token === undefined) return line
        if (isSame(value!, this.#token)) this.#isOpen = true
        return ''
      default:
        return line
    }
  }

  /** A target without the token before its path; `undefined` where it is not there. */
  #withoutPrefix(target: string): string | undefined {
    const [, token, rest] = /^\/t\/([^/?]*)(.*)$/.exec(target) ?? []
    if (this.#token === undefined || token === undefined) return undefined
    return isSame(unescaped(token), this.#token) ? rest!.replace(/^(?!\/)/, '/') : undefined
  }
}

/** A path may be written with escapes, and has to be where the token has a `/`. */
function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Takes the same time, whatever they are. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
