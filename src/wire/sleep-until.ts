import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a moment of `performance.now()`; an abort ends the wait early, without an error. */
export async function sleepUntil(moment: number, signal: AbortSignal): Promise<void> {
  const delay = moment - performance.now()
  if (delay <= 0 || signal.aborted) return
  await sleep(delay, undefined, { signal }).catch(() => {})
}
