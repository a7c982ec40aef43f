/** Measures time, and runs work at moments of it. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  now(): number
  /** Runs something at a moment, never before it; gives a way to call it off. */
  at(moment: number, run: () => void): () => void
}
