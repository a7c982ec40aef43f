/** The times a voice agent needs, in milliseconds; each can be configured. */
export interface Limits {
  /** Until the first text or tool call; what callers feel as slow. */
  readonly firstContentMs: number
  /** Until the first text or tool call; then ElevenLabs gives up and sends the turn again. */
  readonly cascadeMs: number
  /** Until a first sentence is known to be whole. */
  readonly firstSentenceMs: number
  /** The same; what callers take for a dead line. */
  readonly lateSentenceMs: number
  /** Between two pieces of text. */
  readonly maxGapMs: number
  /** How fast a voice reads, in characters per second. */
  readonly speakingRate: number
  /** How long the voice may wait for text once it has begun to speak. */
  readonly underrunMs: number
  /** From when on a reply is long enough to show whether it was held back. */
  readonly heldBackMs: number
  /** Until a tool call is whole. */
  readonly toolCallReadyMs: number
  /** Until the reply is over. */
  readonly totalMs: number
  /** How many times slower than usual the first request may be. */
  readonly coldStartRatio: number
}

/**
 * 4 s is the platform's `cascade_timeout_seconds` (2 to 15, default 4), 20 s its limit on a whole
 * reply; the others are proposals.
 */
export const DEFAULT_LIMITS: Limits = {
  firstContentMs: 1_000,
  cascadeMs: 4_000,
  firstSentenceMs: 2_500,
  lateSentenceMs: 5_000,
  maxGapMs: 1_500,
  speakingRate: 15,
  underrunMs: 300,
  heldBackMs: 800,
  toolCallReadyMs: 3_000,
  totalMs: 20_000,
  coldStartRatio: 3,
}
