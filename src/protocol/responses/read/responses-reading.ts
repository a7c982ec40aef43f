import type { JsonObject } from '../../json/json.ts'
import type { Reading } from '../../reading.ts'
import type { OutputItem } from './output-item.ts'
import type { EventPayload } from './read-event.ts'

/** What a stream of Responses events says, and what only those who know its form ask for. */
export interface ResponsesReading extends Reading {
  /** What each event holds, those after the terminator included. */
  readonly payloads: readonly EventPayload[]
  /** In the order in which they began. */
  readonly items: readonly OutputItem[]
  /** Each `response` object, in the order in which they came. */
  readonly responses: readonly ResponseEvent[]
  /** Those events that say how the response ended. */
  readonly terminals: readonly ResponseEvent[]
  /** That of the last response that has some. */
  readonly usage: JsonObject | undefined
}

/** An event about the response as a whole. */
export interface ResponseEvent {
  /** Ordinal of the event in the answer, from 0. */
  readonly event: number
  readonly type: string
  /** `undefined` where it holds none. */
  readonly response: JsonObject | undefined
}
