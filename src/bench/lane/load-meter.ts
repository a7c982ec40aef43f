import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import type { LaneLoadFactor } from './lane-messages.ts'

/** Wakes a thread seldom beside reads. */
export const WAKE_MS = 5

/** Begins to measure how busy this thread is; garbage collection counts from now on, too. */
export class LoadMeter {
  #gcMs = 0
  #before = performance.eventLoopUtilization()
  /** A timer that no JavaScript runs for. */
  readonly #wakes = monitorEventLoopDelay({ resolution: WAKE_MS })
  readonly #gc = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) this.#gcMs += duration
  })

  constructor() {
    this.#gc.observe({ entryTypes: ['gc'] })
  }

  /** Counts the time from here on. */
  start(): void {
    this.#wakes.enable()
    this.#before = performance.eventLoopUtilization()
  }

  /** `idleSpinMs` was spent on waiting for moments: it kept the event loop busy, and delayed nothing. */
  stop(idleSpinMs: number): LaneLoadFactor {
    const { active, idle } = performance.eventLoopUtilization(this.#before)
    this.#gc.disconnect()
    this.#wakes.disable()
    const busy = Math.max(0, active - idleSpinMs)
    return {
      eventLoopUtilization: active + idle > 0 ? busy / (active + idle) : 0,
      gcMs: this.#gcMs,
      wakes: this.#wakes,
    }
  }
}
