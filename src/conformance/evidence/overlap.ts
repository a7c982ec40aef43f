import type { Evidence } from './evidence.ts'

/** The clock of the day counts milliseconds. */
const RESOLUTION_MS = 1

/** Whether two exchanges were under way at the same time. */
export function overlap(a: Evidence, b: Evidence): boolean {
  return a !== b && startOf(a) + RESOLUTION_MS < endOf(b) && startOf(b) + RESOLUTION_MS < endOf(a)
}

/** Whether two exchanges may have been: theirs is the clock of the day, which does not tell for sure. */
export function mayOverlap(a: Evidence, b: Evidence): boolean {
  return a !== b && startOf(a) <= endOf(b) + RESOLUTION_MS && startOf(b) <= endOf(a) + RESOLUTION_MS
}

/** By the clock of the day, in milliseconds. */
export function startOf({ exchange }: Evidence): number {
  return exchange ? Date.parse(exchange.startedAt) : 0
}

/** By the clock of the day, in milliseconds. */
export function endOf(evidence: Evidence): number {
  return startOf(evidence) + (evidence.exchange?.end.atMs ?? 0)
}
