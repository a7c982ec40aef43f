/**
 * Milliseconds on the machine's monotonic clock: the same in every thread and process, unlike
 * `performance.now()`, whose zero is the start of its thread.
 */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

const SAMPLES = 16

/**
 * What to add to this thread's `performance.now()` to get {@link monotonicNow}. The thread may be
 * held up between the two clocks, which only makes the difference smaller: the largest is the truest.
 */
export function threadOffset(): number {
  const samples = Array.from({ length: SAMPLES }, () => monotonicNow() - performance.now())
  return Math.max(...samples)
}
