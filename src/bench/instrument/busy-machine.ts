import type { Histogram } from 'node:perf_hooks'
import { WAKE_MS } from '../lane/load-meter.ts'

/** How a machine was too busy to stamp in time. */
export interface BusyMachine {
  /** Of the run, in which no core was idle. */
  readonly share: number
  /** How late the measuring threads woke in that time, in milliseconds. */
  readonly wokeLateP99: number
}

/** Less of a run is a burst, as of a compiler that warms up. */
const MIN_SHARE = 0.1
/** A p99 takes so many, for a confidence of 95 %: they are over in a second and a half. */
const MIN_WAKES = 299
/** Timers of an idle machine are up to this much late (p99). */
const USUAL_MS = 1.5

/**
 * Tells of a machine that was too busy to stamp in time; of any other, nothing. It takes both: cores
 * without a pause harm no stamp by themselves, and threads with much to do wake late on a machine of
 * their own.
 */
export function busyMachine(
  share: number,
  wakes: readonly Pick<Histogram, 'count' | 'percentile'>[],
): BusyMachine | undefined {
  if (share < MIN_SHARE) return undefined
  // What was latest is taken to have been so while no core was idle.
  const percentile = 100 - share
  const late = wakes
    .filter(({ count }) => count * share >= MIN_WAKES)
    .map((each) => each.percentile(percentile) / 1e6 - WAKE_MS)
  const wokeLateP99 = Math.max(0, ...late)
  return wokeLateP99 > USUAL_MS ? { share, wokeLateP99 } : undefined
}
