import { isJsonObject, type JsonObject } from '../json/json.ts'

/** One element of some chunk's `choices`. */
export interface ChoicePiece {
  /** Ordinal of the chunk in the stream. */
  readonly chunk: number
  /** JSON Pointer into the chunk. */
  readonly path: string
  readonly json: JsonObject
  /** The choice it belongs to; 0 where it does not say. */
  readonly index: number
  readonly delta: JsonObject | undefined
}

/** One element of some delta's `tool_calls`. */
export interface ToolFragment {
  readonly chunk: number
  readonly path: string
  readonly json: JsonObject
  /** The choice it belongs to. */
  readonly choice: number
  /** Its `function` member; empty where it has none. */
  readonly function: JsonObject
}

const NOTHING: JsonObject = {}

/** Lists the choices of all chunks in the order of the stream. */
export function choicePieces(chunks: readonly JsonObject[]): ChoicePiece[] {
  const pieces: ChoicePiece[] = []
  for (const [chunk, { choices }] of chunks.entries()) {
    if (!Array.isArray(choices)) continue
    for (const [i, json] of choices.entries()) {
      if (!isJsonObject(json)) continue
      pieces.push({
        chunk,
        path: `/choices/${i}`,
        json,
        index: typeof json['index'] === 'number' ? json['index'] : 0,
        delta: isJsonObject(json['delta']) ? json['delta'] : undefined,
      })
    }
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
          chunk: piece.chunk,
          path: `${piece.path}/delta/tool_calls/${i}`,
          json,
          choice: piece.index,
          function: isJsonObject(json['function']) ? json['function'] : NOTHING,
        }
      : [],
  )
}
