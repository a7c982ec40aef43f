/**
 * Milliseconds on the machine's monotonic clock: the same in every thread and process, unlike
 * `performance.now()`, whose zero is the start of its thread.
 */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** What to add to this thread's `performance.now()` to get {@link monotonicNow}. */
export function threadOffset(): number {
  return monotonicNow() - performance.now()
}
