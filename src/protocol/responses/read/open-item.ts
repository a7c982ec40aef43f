import { isIndex } from '../../json/is-index.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Spot, TextPiece } from '../../reading.ts'
import type { ItemEvent, OutputCall, OutputItem, OutputPart, PartKind } from './output-item.ts'

/** An item under construction. */
export interface OpenItem extends OutputItem {
  id: string | undefined
  type: string | undefined
  added: ItemEvent | undefined
  done: ItemEvent | undefined
  readonly parts: OpenPart[]
  call: OpenCall | undefined
  latest: Spot
}

/** A part under construction. */
export interface OpenPart extends OutputPart {
  added: number | undefined
  textDone: number | undefined
  partDone: number | undefined
  text: string
  readonly pieces: TextPiece[]
}

/** A call under construction. */
export interface OpenCall extends OutputCall {
  id: string | undefined
  name: string | undefined
  arguments: string
  takesText: boolean
  streamed: string
  deltas: number
  argumentsDone: number | undefined
  latest: Spot
}

export function openItem(outputIndex: number | undefined, opening: Spot): OpenItem {
  return {
    outputIndex,
    id: undefined,
    type: undefined,
    added: undefined,
    done: undefined,
    parts: [],
    call: undefined,
    opening,
    latest: opening,
  }
}

export function openCall(opening: Spot): OpenCall {
  return {
    id: undefined,
    name: undefined,
    arguments: '',
    takesText: false,
    streamed: '',
    deltas: 0,
    argumentsDone: undefined,
    opening,
    latest: opening,
  }
}

/** The part of an item that an event is about, by its index; where none is told, the last of its kind. */
export function partOf(
  item: OpenItem,
  kind: PartKind,
  { content_index: inContent, summary_index: inSummary }: JsonObject,
  opening: Spot,
): OpenPart {
  const isSummary = inSummary !== undefined
  const told = isSummary ? inSummary : inContent
  const index = isIndex(told) ? told : undefined
  const known = item.parts.findLast(
    (part) =>
      part.kind === kind &&
      part.isSummary === isSummary &&
      (index === undefined || part.index === index),
  )
  if (known) return known
  const part: OpenPart = {
    kind,
    index,
    isSummary,
    added: undefined,
    textDone: undefined,
    partDone: undefined,
    text: '',
    pieces: [],
    opening,
  }
  item.parts.push(part)
  return part
}
