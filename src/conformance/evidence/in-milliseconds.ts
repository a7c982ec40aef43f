/** Seconds reach this number in the year 5138; milliseconds passed it in 1973. */
const MILLISECONDS = 100_000_000_000

/** Whether a time since 1970 that should be in seconds must be in milliseconds. */
export function inMilliseconds(time: number): boolean {
  return Number.isFinite(time) && time >= MILLISECONDS
}
