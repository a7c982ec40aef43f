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
import type { SseEvent } from '../../wire/index.ts'

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
  /** Every element of every `choices`, in the order of the stream. */
  readonly pieces: readonly ChoicePiece[]
  readonly choices: readonly ChatChoice[]
  readonly calls: readonly ToolCall[]
  /** The last usage object of the stream. */
  readonly usage: JsonObject | undefined
  readonly #reading: ChatReading
  #chunks: readonly Chunk[] | undefined

  constructor(events: readonly SseEvent[], payloads: readonly Payload[], reading: ChatReading) {
    this.data = events.map((event, i) => ({ event, payload: payloads[i]! }))
    this.pieces = reading.choicePieces
    this.choices = reading.choices
    this.calls = reading.calls
    this.usage = reading.usage
    this.#reading = reading
  }

  /** What clients read: the data before `[DONE]`. */
  get read(): readonly Datum[] {
    const end = this.data.findIndex(({ payload }) => payload.kind === 'done')
    return end < 0 ? this.data : this.data.slice(0, end)
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

  /** Where the reply contradicts itself in one way. */
  contradictions<Kind extends ContradictionKind>(
    kind: Kind,
  ): Extract<Contradiction, { readonly kind: Kind }>[] {
    return this.#reading.contradictions.filter(
      (each): each is Extract<Contradiction, { readonly kind: Kind }> => each.kind === kind,
    )
  }
}
