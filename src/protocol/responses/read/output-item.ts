import type { JsonObject } from '../../json/json.ts'
import type { Call, Spot, TextPiece } from '../../reading.ts'

/** One of the items that a response is made of, joined from its events. */
export interface OutputItem {
  /** `undefined` where no event told. */
  readonly outputIndex: number | undefined
  /** By which events refer to it; that of its announcement, else the first that was told. */
  readonly id: string | undefined
  /** What it is, as far as that is told or plain. */
  readonly type: string | undefined
  /** `response.output_item.added`. */
  readonly added: ItemEvent | undefined
  /** `response.output_item.done`. */
  readonly done: ItemEvent | undefined
  /** In the order in which they came. */
  readonly parts: readonly OutputPart[]
  /** Of what is called with arguments. */
  readonly call: OutputCall | undefined
  /** Its first event. */
  readonly opening: Spot
  /** Its last one. */
  readonly latest: Spot
}

/** An event that holds a whole item. */
export interface ItemEvent {
  /** Ordinal of the event in the answer, from 0. */
  readonly event: number
  readonly item: JsonObject
}

/** What a part of an item is told in. */
export type PartKind = 'text' | 'refusal' | 'reasoning'

/** A part of an item, joined from its deltas. */
export interface OutputPart {
  readonly kind: PartKind
  /** `content_index`, or `summary_index`; `undefined` where no event told. */
  readonly index: number | undefined
  /** Of summaries of reasoning, whose indexes are counted apart. */
  readonly isSummary: boolean
  /** The event that announced it. */
  readonly added: number | undefined
  /** Events that closed it: its text first, then the part. */
  readonly textDone: number | undefined
  readonly partDone: number | undefined
  /** All deltas. */
  readonly text: string
  /** Those of text. */
  readonly pieces: readonly TextPiece[]
  /** The first event of it. */
  readonly opening: Spot
}

/** A call, joined from its events; its `arguments` are those of the closed item, where that has some. */
export interface OutputCall extends Call {
  /** All deltas. */
  readonly streamed: string
  /** How many deltas there are. */
  readonly deltas: number
  /** The event that told all arguments at once. */
  readonly argumentsDone: number | undefined
}
