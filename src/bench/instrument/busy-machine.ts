import type { Histogram } from 'node:perf_hooks'
import { WAKE_MS } from '../lane/load-meter.ts'

/** How a machine was too busy to stamp in time. */
export interface BusyMachine {
  /** Of the run, in which no core was idle. */
  readonly share: number
  /** How late the measuring threads woke in that time, in milliseconds. */
  readonly wokeLateP99: number
}

/** How long a thread slept each time, in nanoseconds. */
export type Wakes = Pick<Histogram, 'count' | 'mean' | 'percentile'>

/** Less of a run is a burst, as of a compiler that warms up. */
const MIN_SHARE = 0.1
/** A p99 of fewer is a value beyond all of them: they are over in half a second. */
const MIN_WAKES = 100
/** Timers of an idle machine are up to this much late (p99). */
const USUAL_MS = 1.5

/**
 * Tells of a machine that was too busy to stamp in time; of any other, nothing. It takes both: cores
 * without a pause harm no stamp by themselves, and threads with much to do wake late on a machine of
 * their own.
 */
export function busyMachine(share: number, wakes: readonly Wakes[]): BusyMachine | undefined {
  if (share < MIN_SHARE) return undefined
  const late = wakes.flatMap((each) => lateP99(each, share) ?? [])
  const wokeLateP99 = Math.max(0, ...late)
  return wokeLateP99 > USUAL_MS ? { share, wokeLateP99 } : undefined
}

/**
 * How late a thread woke (p99) in some share of the time; what was latest is taken to have been in it.
 *
 * A thread that is held up sleeps through wakes that were due. They count as late, too: else the
 * longer it is held up, the fewer of its wakes would tell.
 */
function lateP99(wakes: Wakes, share: number): number | undefined {
  const due = (wakes.count * wakes.mean) / (WAKE_MS * 1e6)
  if (due * share < MIN_WAKES) return undefined
  const rank = Math.floor(due * share * 0.01) + 1
  const late: number[] = []
  // Each stands for one that was due at least: so many of the latest tell.
  for (let place = 0; place < Math.min(rank, wakes.count); place++) {
    const percentile = ((wakes.count - place - 0.5) / wakes.count) * 100
    const lateMs = wakes.percentile(percentile) / 1e6 - WAKE_MS
    for (let ms = lateMs; ms > 0; ms -= WAKE_MS) late.push(ms)
  }
  return late.toSorted((a, b) => b - a)[rank - 1] ?? 0
}
