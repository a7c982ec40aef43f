import type { Clock } from './clock.ts'

/**
 * The time of `performance.now()`, with a timer for each that waits: for runtimes in which a timer
 * belongs to the request that set it, and ends with it.
 */
export const timerClock: Clock = {
  now: () => performance.now(),
  at(moment, run) {
    const timer = setTimeout(run, Math.max(0, moment - performance.now()))
    return () => clearTimeout(timer)
  },
}
