import { isJsonObject, type JsonObject } from '../json/json.ts'
import type { Spot } from '../reading.ts'

/** One element of some chunk's `choices`. */
export interface ChoicePiece extends Spot {
  readonly json: JsonObject
  /** The choice it belongs to; 0 where it does not say. */
  readonly index: number
  readonly delta: JsonObject | undefined
}

/** One element of some delta's `tool_calls`. */
export interface ToolFragment extends Spot {
  readonly json: JsonObject
  /** The choice it belongs to. */
  readonly choice: number
  /** Its `function` member; empty where it has none. */
  readonly function: JsonObject
}

/** Most chunks have no other. */
const FIRST = '/choices/0'
const NOTHING: JsonObject = {}

/** Lists the choices of a chunk. */
export function choicePieces(event: number, { choices }: JsonObject): ChoicePiece[] {
  if (!Array.isArray(choices)) return []
  const pieces: ChoicePiece[] = []
  for (let i = 0; i < choices.length; i++) {
    const json = choices[i]!
    if (!isJsonObject(json)) continue
    pieces.push({
      event,
      path: i === 0 ? FIRST : `/choices/${i}`,
      json,
      index: typeof json['index'] === 'number' ? json['index'] : 0,
      delta: isJsonObject(json['delta']) ? json['delta'] : undefined,
    })
  }
  return pieces
}

/** Lists the tool-call fragments of a piece. */
export function toolFragments(piece: ChoicePiece): ToolFragment[] {
  const fragments = piece.delta?.['tool_calls']
  if (!Array.isArray(fragments)) return []
  return fragments.flatMap((json, i) =>
    isJsonObject(json)
      ? {
          event: piece.event,
          path: `${piece.path}/delta/tool_calls/${i}`,
          json,
          choice: piece.index,
          function: isJsonObject(json['function']) ? json['function'] : NOTHING,
        }
      : [],
  )
}
