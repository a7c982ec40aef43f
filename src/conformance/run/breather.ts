import { setImmediate } from 'node:timers/promises'

/** Signals are heard no later, and other probes get on. */
const LONGEST_MS = 50

/** Makes a function that lets the event loop turn, where this thread has kept it from that for long. */
export function breather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < LONGEST_MS) return
    await setImmediate()
    since = performance.now()
  }
}
