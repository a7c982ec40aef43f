import type { Recording } from '../../wire/node.ts'

/** Servers do not close connections that have been idle for less. */
const IDLE_MS = 1_000
/**
 * A connection that is gone says so within a round trip, and few are longer. What breaks later had
 * been taken by a server, which may have done what was asked: that is its failure.
 */
const ROUND_TRIP_MS = 250

/**
 * Whether a request met a connection that the server had closed while it was idle, for so long: it
 * broke at once, before anything came back. On a new one, or a busy one, that is a failure.
 */
export function wasClosedIdle(idleMs: number, { end, response }: Recording): boolean {
  const isBroken =
    end.how === 'failed' && (end.reason === 'reset' || end.reason === 'premature-end')
  return isBroken && response === null && idleMs >= IDLE_MS && end.atMs <= ROUND_TRIP_MS
}
