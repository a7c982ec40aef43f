import {
  assemble,
  type Assembly,
  type ChoicePiece,
  isJsonObject,
  type Json,
  type JsonObject,
  type Payload,
  readPayload,
  type ToolCall,
} from '../protocol/index.ts'
import {
  type Arrival,
  concatArrivals,
  decodeSse,
  type Exchange,
  headerValue,
  type SseEvent,
  type SseStream,
} from '../wire/index.ts'

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

/**
 * What checks look at: one exchange, read as far as a check asks for.
 *
 * Each reading is made once and shared by all checks.
 */
export class Evidence {
  readonly probe: string
  /** Which of the exchanges of its probe it is, from 1. */
  readonly ordinal: number
  /** `undefined` for a bare body, of which neither request, nor head, nor times are known. */
  readonly exchange: Exchange | undefined
  readonly #arrivals: readonly Arrival[]
  readonly #readings = new Map<unknown, unknown>()

  private constructor(
    probe: string,
    arrivals: readonly Arrival[],
    ordinal: number,
    exchange?: Exchange,
  ) {
    this.probe = probe
    this.ordinal = ordinal
    this.exchange = exchange
    this.#arrivals = arrivals
  }

  static ofExchange(exchange: Exchange, ordinal = 1): Evidence {
    return new Evidence(exchange.probe, exchange.decoded ?? exchange.arrivals, ordinal, exchange)
  }

  static ofBody(name: string, bytes: Uint8Array): Evidence {
    return new Evidence(name, [{ atMs: 0, bytes }], 1)
  }

  /** Reads something once; whoever asks again, under the same key, is given the same. */
  once<T>(key: unknown, read: () => T): T {
    const known = this.#readings.get(key)
    if (known !== undefined || this.#readings.has(key)) return known as T
    const reading = read()
    this.#readings.set(key, reading)
    return reading
  }

  /** The body of the request; `undefined` when it is unknown or no JSON object. */
  get request(): JsonObject | undefined {
    return this.once('request', () => {
      const body = this.exchange?.request.body
      return body ? asObject(body) : undefined
    })
  }

  header(name: string): string | undefined {
    return headerValue(this.exchange?.response?.headers ?? [], name)
  }

  /** The body of the answer, without its content coding. */
  get body(): Uint8Array {
    return this.once('body', () => concatArrivals(this.#arrivals))
  }

  get stream(): SseStream {
    return this.once('stream', () =>
      decodeSse(this.#arrivals, { timed: this.exchange !== undefined }),
    )
  }

  get data(): readonly Datum[] {
    return this.once('data', () =>
      this.stream.events.map((event) => ({ event, payload: readPayload(event.data) })),
    )
  }

  /** Ordinal of the first `[DONE]` among the data; `-1` without one. */
  get done(): number {
    return this.once('done', () => this.data.findIndex(({ payload }) => payload.kind === 'done'))
  }

  /** The chunks that clients read: those before `[DONE]`. */
  get chunks(): readonly Chunk[] {
    return this.once('chunks', () => {
      const read = this.done < 0 ? this.data : this.data.slice(0, this.done)
      return read.flatMap(({ event, payload }) =>
        payload.kind === 'chunk' ? { event, json: payload.json } : [],
      )
    })
  }

  /** The reply, joined from all chunks. */
  get reply(): Assembly {
    return this.once('reply', () => assemble(this.chunks.map(({ json }) => json)))
  }

  /** The pieces that carry text, and the text. */
  get spoken(): readonly Spoken[] {
    return this.once('spoken', () =>
      this.reply.pieces.flatMap((piece) => {
        const text = piece.delta?.['content']
        return typeof text === 'string' && text !== '' ? { piece, text } : []
      }),
    )
  }

  /** The tool calls of all choices. */
  get calls(): readonly ToolCall[] {
    return this.once('calls', () => this.reply.choices.flatMap(({ toolCalls }) => toolCalls))
  }

  /** The tools that were offered, by name; `undefined` when the request is not known. */
  get offered(): ReadonlyMap<string, JsonObject> | undefined {
    return this.once('offered', () => this.request && toolsByName(this.request))
  }

  /** Where in the body a part of some chunk stands. */
  where(part: { chunk: number; path: string }, member = ''): { at: SseEvent; path: string } {
    return { at: this.chunks[part.chunk]!.event, path: part.path + member }
  }

  /** The first characters of the body, for a reader. */
  get opening(): string {
    return new TextDecoder().decode(this.body.subarray(0, 400)).trimStart()
  }

  /** The body as one JSON value, where it is no stream. */
  get json(): Json | undefined {
    return this.once('json', () => parse(new TextDecoder().decode(this.body)))
  }
}

function toolsByName({ tools }: JsonObject): Map<string, JsonObject> {
  const definitions = (Array.isArray(tools) ? tools : []).map((tool) =>
    isJsonObject(tool) ? tool['function'] : undefined,
  )
  return new Map(
    definitions.flatMap((definition) =>
      isJsonObject(definition) && typeof definition['name'] === 'string'
        ? [[definition['name'], definition] as const]
        : [],
    ),
  )
}

function asObject(text: string): JsonObject | undefined {
  const value = parse(text)
  return isJsonObject(value) ? value : undefined
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
