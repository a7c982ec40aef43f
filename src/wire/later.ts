// Taken before a test of the user's own can replace them by timers that stand still.
const { setImmediate, setTimeout } = globalThis

/** Runs something after what is ready to run. Browsers lack `setImmediate`, and make nested timers wait. */
export function later(run: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(run)
  else setTimeout(run)
}
