import type { Evidence } from '../evidence/evidence.ts'

/** Shorter ones come from the network. */
const PAUSE_MS = 50

/**
 * Counts the pauses in a body, and those that fall into the middle of an event: a server writes
 * whole events, but a buffer that is passed on when it is full cuts them anywhere.
 */
export function pausesWithinEvents({ exchange, contentEncoding, stream }: Evidence): {
  readonly within: number
  readonly all: number
} {
  const arrivals = contentEncoding === undefined ? (exchange?.arrivals ?? []) : []
  let within = 0
  let all = 0
  let offset = 0
  let next = 0
  for (const [i, { atMs, bytes }] of arrivals.entries()) {
    offset += bytes.length
    const pauseMs = (arrivals[i + 1]?.atMs ?? atMs) - atMs
    if (pauseMs < PAUSE_MS) continue
    while ((stream.events[next]?.bytes[1] ?? Infinity) <= offset) next++
    all += 1
    if ((stream.events[next]?.bytes[0] ?? Infinity) < offset) within += 1
  }
  return { within, all }
}
