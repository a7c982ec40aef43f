/**
 * How playing an answer ended: all of it was written; the connection was broken, as a frame said or
 * since a live reply threw; or the client left before, as it must where an answer stalls.
 */
export type Ending = 'complete' | 'hang-up' | 'client-left'

/** Watches an answer being played. Times are milliseconds since the answer's own zero. */
export interface Spectator {
  /** So many frames have been written by now; what is new among them was due at once. */
  wrote(frames: number, dueMs: number, atMs: number): void
  /** So many frames have left the process by now. */
  flushed(frames: number): void
  /** `error` is what a live reply threw. */
  ended(ending: Ending, atMs: number, error?: unknown): void
}

/** Watches nothing. */
export const nobody: Spectator = { wrote() {}, flushed() {}, ended() {} }
