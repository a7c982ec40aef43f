import type { Header } from '../../wire/index.ts'
import type { BodyFraming } from './body-framing.ts'

export interface Head<Start> {
  readonly start: Start
  readonly headers: readonly Header[]
}

/** A part of what came: those with bytes are, one after the other, all of it; the others mark a place. */
export type Segment<Start> =
  /** Of a line of a head; `line` is what has come of it, and `isWhole` tells whether it ends here. */
  | {
      readonly kind: 'line'
      readonly bytes: Uint8Array
      readonly line: string
      readonly isStart: boolean
      readonly isWhole: boolean
    }
  | { readonly kind: 'head'; readonly head: Head<Start> }
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  /** The sizes of chunks, and trailers. */
  | { readonly kind: 'framing'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly trailers: readonly Header[] }
  /** What came is no message of HTTP/1; `reason` is in the words of llhttp, where it has some. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** What follows the head is another protocol. */
  | { readonly kind: 'upgrade' }
  /** No HTTP any more, or none that can be read. */
  | { readonly kind: 'opaque'; readonly bytes: Uint8Array }

export interface MessageReaderOptions<Start> {
  /** Reads the first line of a message; `undefined` where it is none. */
  readonly readStart: (line: string) => Start | undefined
  readonly framingOf: (head: Head<Start>) => BodyFraming
}

/** Of one head, and of the trailers of one body; servers and clients allow for less. */
const MAX_HEAD_BYTES = 64 * 1024

const FIELD = /^([!#$%&'*+.^_`|~0-9a-z-]+):[ \t]*(.*?)[ \t]*$/i
const CHUNK_SIZE = /^0*([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i
const LF = 0x0a

type LineState = 'start' | 'field' | 'chunk-size' | 'chunk-end' | 'trailer'
type State = LineState | 'sized' | 'chunk' | 'until-close' | 'opaque'

/** Reads the messages that one side of an HTTP/1 connection sends, one after the other, as they come. */
export class MessageReader<Start> {
  readonly #options: MessageReaderOptions<Start>
  #state: State = 'start'
  #line = ''
  #lineBytes = 0
  #start: Start | undefined
  #headers: Header[] = []
  /** Of the body, or of its chunk. */
  #left = 0
  #segments: Segment<Start>[] = []

  constructor(options: MessageReaderOptions<Start>) {
    this.#options = options
  }

  read(bytes: Uint8Array): readonly Segment<Start>[] {
    this.#segments = []
    for (let at = 0; at < bytes.length;) at += this.#take(at === 0 ? bytes : bytes.subarray(at))
    return this.#segments
  }

  /** Whether the body under way ends when its side closes. */
  get endsByClose(): boolean {
    return this.#state === 'until-close'
  }

  /** From now on this is no HTTP. */
  leaveHttp(): void {
    this.#state = 'opaque'
  }

  /** Reads a segment; tells how long it is. */
  #take(bytes: Uint8Array): number {
    switch (this.#state) {
      case 'opaque':
        this.#segments.push({ kind: 'opaque', bytes })
        return bytes.length
      case 'until-close':
        this.#segments.push({ kind: 'body', bytes })
        return bytes.length
      case 'sized':
      case 'chunk':
        return this.#takeBody(bytes.subarray(0, this.#left), this.#state)
      default:
        return this.#takeLine(bytes, this.#state)
    }
  }

  #takeBody(bytes: Uint8Array, state: 'sized' | 'chunk'): number {
    this.#segments.push({ kind: 'body', bytes })
    this.#left -= bytes.length
    if (this.#left === 0) {
      if (state === 'chunk') this.#state = 'chunk-end'
      else this.#end([])
    }
    return bytes.length
  }

  #takeLine(rest: Uint8Array, state: LineState): number {
    const lf = rest.indexOf(LF)
    const isWhole = lf !== -1
    const bytes = isWhole ? rest.subarray(0, lf + 1) : rest
    this.#line += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    this.#lineBytes += bytes.length
    const isStart = state === 'start'
    if (isStart || state === 'field') {
      this.#segments.push({ kind: 'line', bytes, line: this.#line, isStart, isWhole })
    } else this.#segments.push({ kind: 'framing', bytes })
    if (this.#lineBytes > MAX_HEAD_BYTES) this.#refuse('Headers overflow')
    else if (isWhole) {
      const line = this.#line.replace(/\r?\n$/, '')
      this.#line = ''
      this.#readLine(line, state)
    }
    return bytes.length
  }

  #readLine(line: string, state: LineState): void {
    switch (state) {
      case 'start':
        // A server ignores empty lines before a request, and llhttp those before a response.
        return line === '' ? undefined : this.#readStart(line)
      case 'field':
        return line === '' ? this.#endHead() : this.#readField(line)
      case 'trailer':
        return line === '' ? this.#end(this.#headers) : this.#readField(line)
      case 'chunk-size':
        return this.#readChunkSize(line)
      case 'chunk-end':
        this.#lineBytes = 0
        this.#state = 'chunk-size'
        if (line !== '') this.#refuse('Expected LF after chunk data')
    }
  }

  #readStart(line: string): void {
    this.#start = this.#options.readStart(line)
    this.#state = 'field'
    if (this.#start === undefined) this.#refuse('Expected HTTP/')
  }

  #readField(line: string): void {
    const field = FIELD.exec(line)
    if (!field) return this.#refuse('Invalid header token')
    this.#headers.push([field[1]!, toText(field[2]!)])
  }

  #endHead(): void {
    const head = { start: this.#start!, headers: this.#headers }
    const framing = this.#options.framingOf(head)
    this.#headers = []
    this.#lineBytes = 0
    this.#segments.push({ kind: 'head', head })
    switch (framing.by) {
      case 'nothing':
        return this.#end([])
      case 'length':
        this.#left = framing.bytes
        this.#state = 'sized'
        return framing.bytes === 0 ? this.#end([]) : undefined
      case 'chunks':
        this.#state = 'chunk-size'
        return
      case 'close':
        this.#state = 'until-close'
        return
      case 'no-http':
        this.leaveHttp()
        this.#segments.push({ kind: 'upgrade' })
        return
      case 'contradiction':
        this.#refuse(framing.reason)
    }
  }

  #readChunkSize(line: string): void {
    const size = CHUNK_SIZE.exec(line)
    if (!size) return this.#refuse('Invalid character in chunk size')
    this.#lineBytes = 0
    this.#left = Number.parseInt(size[1]!, 16)
    this.#state = this.#left === 0 ? 'trailer' : 'chunk'
  }

  #end(trailers: readonly Header[]): void {
    this.#headers = []
    this.#lineBytes = 0
    this.#state = 'start'
    this.#segments.push({ kind: 'end', trailers })
  }

  #refuse(reason: string): void {
    this.leaveHttp()
    this.#line = ''
    this.#headers = []
    this.#segments.push({ kind: 'unreadable', reason })
  }
}

/** Most servers write UTF-8 where they write more than ASCII. */
function toText(latin1: string): string {
  // oxlint-disable-next-line no-control-regex
  return /^[\0-\x7f]*$/.test(latin1) ? latin1 : Buffer.from(latin1, 'latin1').toString()
}
