import type { ChatRequest, JsonObject } from '../../protocol/index.ts'

/** Who answers turns behind a gateway: a server that speaks chat completions, or a language model. */
export interface Upstream {
  /** As logs and metrics name it: a provider, or the host of a server. */
  readonly name: string
  /** The model that it is asked for; the one that the caller asks for, when absent. */
  readonly model: string | undefined
  /**
   * Asks for a turn, in a stream; `hear` is given what is said as it comes. Resolves when the upstream
   * has ended well. Aborting `signal` ends the request at once.
   *
   * @throws UpstreamError where it gives no answer, or breaks off.
   */
  readonly ask: (request: ChatRequest, signal: AbortSignal, hear: Hear) => Promise<void>
  /**
   * Finds out whether it can be reached; spends no tokens.
   *
   * @throws UpstreamError where it cannot.
   */
  readonly reach?: (signal: AbortSignal) => Promise<void>
}

/** Takes what an upstream says: what came together, together. It never throws. */
export type Hear = (said: readonly Saying[]) => void

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
