import type { ChatRequest, JsonObject } from '../../protocol/index.ts'

/** Who answers turns behind a gateway: a server that speaks chat completions, or a language model. */
export interface Upstream {
  /** As logs and metrics name it: a provider, or the host of a server. */
  readonly name: string
  /** The model that it is asked for; the one that the caller asks for, when absent. */
  readonly model: string | undefined
  /**
   * Asks for a turn, in a stream. Resolves when the upstream begins to answer. Aborting `signal`, or
   * leaving what is said, ends the request at once.
   *
   * @throws UpstreamError, here and while it speaks.
   */
  readonly ask: (request: ChatRequest, signal: AbortSignal) => Promise<Said>
  /**
   * Finds out whether it can be reached; spends no tokens.
   *
   * @throws UpstreamError where it cannot.
   */
  readonly reach?: (signal: AbortSignal) => Promise<void>
}

/** What an upstream says as it comes: what came together, together. It ends where the upstream ended well. */
export type Said = AsyncIterable<readonly Saying[]>

/**
 * - `chunk`: a chunk of chat completions, however wrong it is, and the `data:` in which it stood, which
 *   is sent on as it is where the chunk needs no repair.
 * - `comment`: keeps the connection alive, and says nothing.
 * - `done`: the upstream's own word that nothing follows.
 */
export type Saying =
  | { readonly kind: 'chunk'; readonly chunk: JsonObject; readonly data?: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'done' }
