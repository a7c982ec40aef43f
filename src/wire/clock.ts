/** Measures time, and runs work at moments of it. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  now(): number
  /**
   * Runs something at a moment, never before it; gives a way to call it off.
   *
   * Of what is late, what has a high priority goes first, where time is real.
   */
  at(moment: number, run: () => void, priority?: Priority): () => void
}

export type Priority = 'high' | 'normal'
