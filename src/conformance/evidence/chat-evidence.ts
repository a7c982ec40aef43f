import type {
  ChatChoice,
  ChatReading,
  ChoicePiece,
  Contradiction,
  ContradictionKind,
  JsonObject,
  Payload,
  ToolCall,
} from '../../protocol/index.ts'
import type { FramingFact, SseEvent, SseStream } from '../../wire/index.ts'
import { isOddChunk } from './is-odd-chunk.ts'

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

/** A reply as chunks of chat completions: what checks of their form look at. */
export class ChatEvidence {
  readonly data: readonly Datum[]
  /** What clients read: the data before `[DONE]`. */
  readonly read: readonly Datum[]
  /** Every element of every `choices`, in the order of the stream. */
  readonly pieces: readonly ChoicePiece[]
  readonly choices: readonly ChatChoice[]
  readonly calls: readonly ToolCall[]
  /** The last usage object of the stream. */
  readonly usage: JsonObject | undefined
  readonly #facts: readonly FramingFact[]
  readonly #reading: ChatReading
  #hasOddEvent: boolean | undefined
  #hasOddChunk: boolean | undefined
  #chunks: readonly Chunk[] | undefined

  /** `reading` is of what is to be judged: of nothing, where the answer speaks another API. */
  constructor(
    { events, facts }: SseStream,
    { payloads, terminator }: Pick<ChatReading, 'payloads' | 'terminator'>,
    reading: ChatReading,
  ) {
    this.#facts = facts
    this.data = events.map((event, i) => ({ event, payload: payloads[i]! }))
    this.read = terminator === undefined ? this.data : this.data.slice(0, terminator)
    this.pieces = reading.choicePieces
    this.choices = reading.choices
    this.calls = reading.calls
    this.usage = reading.usage
    this.#reading = reading
  }

  /** None, where the answer speaks another API. */
  get chunks(): readonly Chunk[] {
    return (this.#chunks ??=
      this.#reading.parts === 0
        ? []
        : this.read.flatMap(({ event, payload }) =>
            payload.kind === 'chunk' ? { event, json: payload.json } : [],
          ))
  }

  /** Whether any event is neither a chunk nor the one terminator at the end, or is framed otherwise. */
  get hasOddEvent(): boolean {
    return (this.#hasOddEvent ??=
      this.data.length === 0 ||
      this.#facts.some(({ kind }) => kind !== 'comment') ||
      this.data.some(
        ({ event, payload: { kind } }, i) =>
          event.name !== undefined ||
          event.dataLines !== 1 ||
          (kind !== 'chunk' && (kind !== 'done' || i < this.data.length - 1)),
      ))
  }

  /** Whether any event has an escape by the number of a character, or a character that stands for one. */
  get hasEscape(): boolean {
    return this.data.some(({ event: { data } }) => data.includes('\\u') || data.includes('\uFFFD'))
  }

  /** Whether any chunk before `[DONE]` is an odd one, be it of another API. */
  get hasOddChunk(): boolean {
    return (this.#hasOddChunk ??= hasOddChunk(this.read))
  }

  get hasContradiction(): boolean {
    return this.#reading.contradictions.length > 0
  }

  /** Where the reply contradicts itself in one way. */
  contradictions<Kind extends ContradictionKind>(
    kind: Kind,
  ): Extract<Contradiction, { readonly kind: Kind }>[] {
    return this.#reading.contradictions.filter(
      (each): each is Extract<Contradiction, { readonly kind: Kind }> => each.kind === kind,
    )
  }
}

function hasOddChunk(read: readonly Datum[]): boolean {
  let first: JsonObject | undefined
  for (const { payload } of read) {
    if (payload.kind !== 'chunk') continue
    first ??= payload.json
    if (isOddChunk(payload.json, first)) return true
  }
  return false
}
