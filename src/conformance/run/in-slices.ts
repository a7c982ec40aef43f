import { breather } from './breather.ts'

/** Enough for all answers of an honest endpoint. */
const AFTER_INTERRUPT_MS = 300

/**
 * Takes steps, and lets the event loop turn meanwhile. After an interrupt they are told to go on for a
 * moment only.
 */
export async function inSlices<Result>(
  steps: Generator<undefined, Result, boolean>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const breathe = breather()
  let lastMoment = Infinity
  let step = steps.next(true)
  while (!step.done) {
    await breathe()
    if (signal?.aborted) lastMoment = Math.min(lastMoment, performance.now() + AFTER_INTERRUPT_MS)
    step = steps.next(performance.now() < lastMoment)
  }
  return step.value
}
