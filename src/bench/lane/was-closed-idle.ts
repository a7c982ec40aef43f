import type { Recording } from '../../wire/node.ts'

/** Servers do not close connections that have been idle for less. */
const IDLE_MS = 1_000

/**
 * Whether a request met a connection that the server had closed while it was idle, for so long: it
 * broke before anything came back. On a new one, or a busy one, that is a failure.
 */
export function wasClosedIdle(idleMs: number, { end, response }: Recording): boolean {
  const isBroken =
    end.how === 'failed' && (end.reason === 'reset' || end.reason === 'premature-end')
  return isBroken && response === null && idleMs >= IDLE_MS
}
