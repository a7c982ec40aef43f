import type {
  Copy,
  EventPayload,
  JsonObject,
  OutputItem,
  ResponseEvent,
  ResponsesReading,
} from '../../protocol/index.ts'
import type { SseEvent, SseStream } from '../../wire/index.ts'

/** The data of an event, and the event that carried it. */
export interface ResponsesDatum {
  readonly event: SseEvent
  readonly payload: EventPayload
}

/** An event of the Responses API, and what it is. */
export interface ResponsesEvent {
  readonly event: SseEvent
  readonly type: string
  readonly json: JsonObject
}

/** A reply as events of the Responses API: what checks of their form look at. */
export class ResponsesEvidence {
  readonly data: readonly ResponsesDatum[]
  /** What clients read: the data before `[DONE]`. */
  readonly read: readonly ResponsesDatum[]
  readonly #reading: ResponsesReading
  #events: readonly ResponsesEvent[] | undefined

  constructor({ events }: SseStream, reading: ResponsesReading) {
    const { payloads } = reading
    this.data = events.map((event, i) => ({ event, payload: payloads[i]! }))
    const end = payloads.findIndex(({ kind }) => kind === 'done')
    this.read = end < 0 ? this.data : this.data.slice(0, end)
    this.#reading = reading
  }

  /** Those that say what they are, before `[DONE]`. */
  get events(): readonly ResponsesEvent[] {
    return (this.#events ??= this.read.flatMap(({ event, payload }) =>
      payload.kind === 'event' ? { event, type: payload.type, json: payload.json } : [],
    ))
  }

  /** Whether its first event is not the first one by its number. */
  get isTakenUp(): boolean {
    const [first] = this.events
    return Number(first?.json['sequence_number'] ?? 0) > 0
  }

  /** In the order in which they began. */
  get items(): readonly OutputItem[] {
    return this.#reading.items
  }

  /** Each `response` object, in the order in which they came. */
  get responses(): readonly ResponseEvent[] {
    return this.#reading.responses
  }

  /** The events that say how the response ended. */
  get terminals(): readonly ResponseEvent[] {
    return this.#reading.terminals
  }

  /** What is said again, of what was said in pieces. */
  get copies(): readonly Copy[] {
    return this.#reading.copies ?? []
  }

  get usage(): JsonObject | undefined {
    return this.#reading.usage
  }
}
