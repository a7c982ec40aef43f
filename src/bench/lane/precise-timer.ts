import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { readsHandled } from './stamped-reads.ts'

/** A timer fires up to this much late: the rest is waited for turn by turn. */
const TIMER_SLACK_MS = 1.5
/** In a shorter turn of the event loop nothing else was sent. */
const IDLE_TURN_MS = 0.05

/** Waits for moments to within microseconds, and knows how long it kept the event loop busy for it. */
export class PreciseTimer {
  /** Milliseconds of turns that had nothing else to do. */
  idleSpinMs = 0

  /** Waits for a moment of `performance.now()`; an abort ends the wait early, without an error. */
  async until(moment: number, signal: AbortSignal): Promise<void> {
    const delay = moment - performance.now() - TIMER_SLACK_MS
    if (delay > 0) await sleep(delay, undefined, { signal }).catch(() => {})
    // Timers count whole milliseconds. The rest is waited for in turns of the event loop, which take
    // microseconds and let reads come in, where a loop that only looks at the clock would hold them up.
    // It does keep the thread busy: a turn that was short and brought nothing is counted as idle.
    let last = performance.now()
    let handled = readsHandled()
    while (last < moment && !signal.aborted) {
      await nextTurn()
      const now = performance.now()
      const wasIdle = readsHandled() === handled && now - last < IDLE_TURN_MS
      if (wasIdle) this.idleSpinMs += now - last
      last = now
      handled = readsHandled()
    }
  }
}
