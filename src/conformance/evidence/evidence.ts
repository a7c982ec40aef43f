import {
  assemble,
  type Assembly,
  type ChoicePiece,
  type Contradiction,
  type ContradictionKind,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  type Payload,
  readPayload,
  type ToolCall,
  toolsByName,
} from '../../protocol/index.ts'
import type { SpeakableUnit } from '../../speech/index.ts'
import {
  type Arrival,
  boundBody,
  type BoundedBody,
  BOUNDS,
  concatArrivals,
  decodeSse,
  type Exchange,
  type Excess,
  headerValue,
  type Marks,
  marksIn,
  type SseEvent,
  type SseStream,
} from '../../wire/index.ts'
import { namesContextLimit } from './names-context-limit.ts'
import { noncesIn } from './nonces.ts'
import { errorTextOf } from './error-text.ts'
import type { Expectation } from './expectation.ts'
import { findOtherApi, type SpokenApi } from './other-api.ts'
import { Readings } from './readings.ts'
import { type Timing, timingOf } from './timing.ts'
import { unitsOf } from './units-of.ts'
import { weightOf } from './weight-of.ts'

/** A `data:` payload and the event that carried it. */
export interface Datum {
  readonly event: SseEvent
  readonly payload: Payload
}

/** A chunk and the event that carried it. */
export interface Chunk {
  readonly event: SseEvent
  readonly json: JsonObject
}

/** A piece of a choice that carries text. */
export interface Spoken {
  readonly piece: ChoicePiece
  readonly text: string
}

interface Essence {
  readonly timing: Timing
  readonly counts: { readonly chunks: number; readonly choices: number }
  readonly nonces: ReadonlySet<string>
}

/**
 * What checks look at: one exchange, read as far as a check asks for.
 *
 * Each reading is made once and shared by all checks, unless memory is short. What exceeds `BOUNDS` is
 * not read.
 */
export class Evidence {
  /** Names the exchange: `farewell-2`, or the file it came from. */
  readonly id: string
  readonly probe: string
  /** `undefined` for a bare body, of which neither request, nor head, nor times are known. */
  readonly exchange: Exchange | undefined
  /** What whoever recorded the request expects; `undefined` where that is not known. */
  readonly expectation: Expectation | undefined
  readonly #arrivals: readonly Arrival[]
  readonly #readings = new Readings(() =>
    weightOf(this.bounded.arrivals, this.marks, this.exchange),
  )
  #bounded: BoundedBody | undefined
  #marks: Marks | undefined
  #essence: Essence | undefined

  private constructor(
    id: string,
    probe: string,
    arrivals: readonly Arrival[],
    exchange?: Exchange,
    expectation?: Expectation,
  ) {
    this.id = id
    this.probe = probe
    this.exchange = exchange
    this.expectation = expectation
    this.#arrivals = arrivals
  }

  static ofExchange(exchange: Exchange, expectation?: Expectation): Evidence {
    const { id, probe, decoded, arrivals } = exchange
    return new Evidence(id, probe, decoded ?? arrivals, exchange, expectation)
  }

  static ofBody(name: string, bytes: Uint8Array): Evidence {
    return new Evidence(name, name, [{ atMs: 0, bytes }])
  }

  #once<T>(name: string, read: () => T): T {
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

  /** The body of the request; `undefined` when it is not known, or not a JSON object. */
  get request(): JsonObject | undefined {
    return this.#once('request', () => {
      const json = parseJson(this.exchange?.request.body ?? '')
      return isJsonObject(json) ? json : undefined
    })
  }

  /** The tools that were offered, by name; `undefined` when the request is not known. */
  get offered(): ReadonlyMap<string, JsonObject> | undefined {
    return this.#once('offered', () => this.request && toolsByName(this.request))
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
    return this.#once('body', () => concatArrivals(this.bounded.arrivals))
  }

  /** The start of the body as text: some kilobytes. */
  get opening(): string {
    return new TextDecoder().decode(this.body.subarray(0, 4_096)).trimStart()
  }

  /** Whether the body is an HTML page: something else has answered in the endpoint's place. */
  get isPage(): boolean {
    return /^<(?:!doctype html|html|head|body)\b/i.test(this.opening)
  }

  /** The title of an HTML page, if it has one. */
  get pageTitle(): string | undefined {
    return /<title[^>]*>([^<]*)/i.exec(this.opening)?.[1]?.trim() || undefined
  }

  /** The body as one JSON value, where it is not a stream. */
  get json(): Json | undefined {
    return this.#once('json', () =>
      this.stream.events.length > 0 ? undefined : parseJson(new TextDecoder().decode(this.body)),
    )
  }

  /** The text of the error that the body holds, in any of the usual forms. */
  get errorText(): string | undefined {
    return errorTextOf(this.json)
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

  /** Whether nothing answers at the path that was asked. */
  get isPathUnknown(): boolean {
    return this.exchange?.response?.status === 404 && !/\bmodel\b/i.test(this.errorText ?? '')
  }

  /** Whether the error says that the request is too long for the model. */
  get namesContextLimit(): boolean {
    return namesContextLimit(`${this.errorText ?? ''} ${this.opening}`)
  }

  get stream(): SseStream {
    return this.#once('stream', () =>
      decodeSse(this.bounded.arrivals, { timed: this.exchange !== undefined }),
    )
  }

  get data(): readonly Datum[] {
    return this.#once('data', () =>
      this.stream.events.map((event) => ({ event, payload: readPayload(event.data) })),
    )
  }

  /** The first `[DONE]`. */
  get done(): Datum | undefined {
    return this.#once('done', () => this.data.find(({ payload }) => payload.kind === 'done'))
  }

  /** What clients read: the data before `[DONE]`. */
  get read(): readonly Datum[] {
    return this.done ? this.data.slice(0, this.done.event.index) : this.data
  }

  /** The API that the answer speaks, where that is not chat completions. */
  get otherApi(): SpokenApi | undefined {
    return this.#once('otherApi', () => findOtherApi(this))
  }

  /** None, where the answer speaks another API. */
  get chunks(): readonly Chunk[] {
    return this.#once('chunks', () =>
      this.otherApi
        ? []
        : this.read.flatMap(({ event, payload }) =>
            payload.kind === 'chunk' ? { event, json: payload.json } : [],
          ),
    )
  }

  /** The reply, joined from all chunks. */
  get reply(): Assembly {
    return this.#once('reply', () => assemble(this.chunks.map(({ json }) => json)))
  }

  /** Where the reply contradicts itself in one way. */
  contradictions<Kind extends ContradictionKind>(
    kind: Kind,
  ): Extract<Contradiction, { readonly kind: Kind }>[] {
    return this.reply.contradictions.filter(
      (each): each is Extract<Contradiction, { readonly kind: Kind }> => each.kind === kind,
    )
  }

  /** The pieces that carry text, and the text. */
  get spoken(): readonly Spoken[] {
    return this.#once('spoken', () =>
      this.reply.pieces.flatMap((piece) => {
        const text = piece.delta?.['content']
        return typeof text === 'string' && text !== '' ? { piece, text } : []
      }),
    )
  }

  /** All of it, one choice after the other as it came. */
  get text(): string {
    return this.#once('text', () => this.spoken.map(({ text }) => text).join(''))
  }

  /** The pieces by choice. */
  get spokenByChoice(): ReadonlyMap<number, readonly Spoken[]> {
    return this.#once('spokenByChoice', () => Map.groupBy(this.spoken, ({ piece }) => piece.index))
  }

  /** The text of each choice that has some, and its pieces. */
  get texts(): readonly { readonly text: string; readonly spoken: readonly Spoken[] }[] {
    return this.#once('texts', () =>
      [...this.spokenByChoice.values()].map((spoken) => ({
        text: spoken.map(({ text }) => text).join(''),
        spoken,
      })),
    )
  }

  /** The sentences of the reply, as a voice is given them. */
  get units(): readonly SpeakableUnit[] {
    return this.#once('units', () => unitsOf(this))
  }

  /** The tool calls of all choices. */
  get calls(): readonly ToolCall[] {
    return this.#once('calls', () => this.reply.choices.flatMap(({ toolCalls }) => toolCalls))
  }

  /** The arguments of each of them; `undefined` where they are not JSON. */
  get callArguments(): ReadonlyMap<ToolCall, Json | undefined> {
    return this.#once(
      'callArguments',
      () => new Map(this.calls.map((call) => [call, parseJson(call.arguments)])),
    )
  }

  /** When its parts came. */
  get timing(): Timing {
    return this.#kept.timing
  }

  /** How many chunks and choices there are. */
  get counts(): Essence['counts'] {
    return this.#kept.counts
  }

  /** The words in the reply that one probe alone sends. */
  get nonces(): ReadonlySet<string> {
    return this.#kept.nonces
  }

  /** What is small, and is still asked for when all else was forgotten. */
  get #kept(): Essence {
    return (this.#essence ??= {
      timing: timingOf(this),
      counts: { chunks: this.chunks.length, choices: this.reply.choices.length },
      nonces: noncesIn(this.text),
    })
  }

  /** Where in the body a part of some chunk stands. */
  where(part: { chunk: number; path: string }, member = ''): { at: SseEvent; path: string } {
    const chunk = this.chunks[part.chunk]
    if (!chunk) throw new RangeError(`there is no chunk ${part.chunk}`)
    return { at: chunk.event, path: part.path + member }
  }
}
