import {
  chat,
  type Dialect,
  isJsonObject,
  type JsonObject,
  parseJson,
  toolsByName,
} from '../../protocol/index.ts'
import {
  type Arrival,
  boundBody,
  type BoundedBody,
  BOUNDS,
  concatArrivals,
  type Exchange,
  type Excess,
  headerValue,
  type Marks,
  marksIn,
} from '../../wire/index.ts'
import type { Expectation } from './expectation.ts'
import { Readings } from './readings.ts'
import { weightOf } from './weight-of.ts'

const [SPACE, LESS_THAN, NOT_ASCII] = [0x20, 0x3c, 0x80]

/** What is judged: a recorded exchange, or the bare body of an answer. */
export interface Source {
  /** Names the exchange: `farewell-2`, or the file it came from. */
  readonly id: string
  readonly probe: string
  /** `undefined` for a bare body, of which neither request, nor head, nor times are known. */
  readonly exchange?: Exchange
  /** Without its content coding. */
  readonly arrivals: readonly Arrival[]
  /** What whoever recorded the request expects; `undefined` where that is not known. */
  readonly expectation?: Expectation | undefined
  /** In which was asked; chat completions, when absent. */
  readonly dialect?: Dialect | undefined
}

/** An exchange as HTTP: what was asked, and the head and the body of the answer. */
export class HttpEvidence {
  readonly id: string
  readonly probe: string
  readonly exchange: Exchange | undefined
  readonly expectation: Expectation | undefined
  readonly dialect: Dialect
  readonly #arrivals: readonly Arrival[]
  readonly #readings = new Readings(() =>
    weightOf(this.bounded.arrivals, this.marks, this.exchange),
  )
  #bounded: BoundedBody | undefined
  #marks: Marks | undefined

  constructor({ id, probe, exchange, arrivals, expectation, dialect = chat }: Source) {
    this.id = id
    this.probe = probe
    this.exchange = exchange
    this.expectation = expectation
    this.dialect = dialect
    this.#arrivals = arrivals
  }

  protected once<T>(name: string, read: () => T): T {
    return this.#readings.once(name, read)
  }

  /** Lets go of what was read, for whoever asks for nothing more. */
  forget(): void {
    this.#readings.forget()
  }

  /** The body of the answer as far as it is read, in pieces. */
  get bounded(): BoundedBody {
    return (this.#bounded ??= boundBody(this.#arrivals))
  }

  /** How much is in it. */
  get marks(): Marks {
    return (this.#marks ??= marksIn(this.bounded.arrivals))
  }

  /** What the answer has too much of to be read to its end; `undefined` for one that is read whole. */
  get excess(): Excess | 'reads' | undefined {
    const { excess } = this.bounded
    if (excess || this.exchange?.end.how !== 'too-large') return excess
    return this.exchange.arrivals.length > BOUNDS.answer.reads ? 'reads' : 'bytes'
  }

  /** The request, in the words of chat completions; `undefined` when it is not known, or not a JSON object. */
  get request(): JsonObject | undefined {
    return this.once('request', () => this.asked && this.dialect.inChatWords(this.asked))
  }

  /** The request as it was sent; `undefined` when it is not known, or not a JSON object. */
  get asked(): JsonObject | undefined {
    return this.once('asked', () => {
      const json = parseJson(this.exchange?.request.body ?? '')
      return isJsonObject(json) ? json : undefined
    })
  }

  /** The tools that were offered, by name; `undefined` when the request is not known. */
  get offered(): ReadonlyMap<string, JsonObject> | undefined {
    return this.once('offered', () => this.request && toolsByName(this.request))
  }

  header(name: string): string | undefined {
    return headerValue(this.exchange?.response?.headers ?? [], name)
  }

  /** The media type of the answer, without parameters and in lower case. */
  get contentType(): string | undefined {
    return this.header('content-type')?.split(/[;,]/)[0]?.trim().toLowerCase()
  }

  /** The content coding of the answer; `undefined` for none. */
  get contentEncoding(): string | undefined {
    const coding = this.header('content-encoding')?.trim().toLowerCase()
    return coding === 'identity' || coding === '' ? undefined : coding
  }

  /** The body of the answer, without its content coding, as far as it is read. */
  get body(): Uint8Array {
    return this.once('body', () => concatArrivals(this.bounded.arrivals))
  }

  /** The start of the body as text: some kilobytes. */
  get opening(): string {
    return this.once('opening', () =>
      new TextDecoder().decode(this.body.subarray(0, 4_096)).trimStart(),
    )
  }

  /** Whether the body is an HTML page: something else has answered in the endpoint's place. */
  get isPage(): boolean {
    const [first = 0] = this.body
    if (first > SPACE && first < NOT_ASCII && first !== LESS_THAN) return false
    return /^<(?:!doctype html|html|head|body)\b/i.test(this.opening)
  }

  /** The title of an HTML page, if it has one. */
  get pageTitle(): string | undefined {
    return /<title[^>]*>([^<]*)/i.exec(this.opening)?.[1]?.trim() || undefined
  }

  get wasAccepted(): boolean {
    const status = this.exchange?.response?.status ?? 0
    return status >= 200 && status < 300
  }

  /** Whether what was asked was refused, rather than who asked, how often, or where. */
  get wasRefused(): boolean {
    const { response, end } = this.exchange ?? {}
    // A handler that crashes may leave nothing but a closed connection.
    if (!response) return end?.how === 'failed' && ['reset', 'premature-end'].includes(end.reason)
    const { status } = response
    const isElsewhere = this.isPage && (status === 404 || status === 405)
    return status >= 400 && !isElsewhere && ![401, 403, 408, 429].includes(status)
  }
}
