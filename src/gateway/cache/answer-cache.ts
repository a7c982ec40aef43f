import type { ChatRequest, JsonObject } from '../../protocol/index.ts'

/** A piece of an answer, and when it came, in milliseconds since the answer was asked for. */
export interface CachedPiece {
  readonly atMs: number
  readonly chunk: JsonObject
}

/**
 * Answers that were given before, by the whole request. Only what the model said is kept: neither
 * buffer words, nor answers that call tools or were given to the results of tools.
 */
export interface AnswerCache {
  /** Resolves to nothing where it cannot be reached. */
  readonly get: (request: ChatRequest) => Promise<readonly CachedPiece[] | undefined>
  readonly set: (request: ChatRequest, pieces: readonly CachedPiece[]) => Promise<void>
  /** Whether answers are given at the pace at which they first came, or at once. */
  readonly pace: 'recorded' | 'at-once'
}
