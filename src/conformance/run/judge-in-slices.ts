import type { Check } from '../check/define-check.ts'
import type { Limits } from '../check/limits.ts'
import { judgeInSteps, type Judgements, type ProbeResult } from '../judge/judge.ts'
import { breather } from './breather.ts'

/** Enough for all answers of an honest endpoint. */
const AFTER_INTERRUPT_MS = 400

/**
 * Judges as `judge` does, and lets the event loop turn meanwhile. After an interrupt it goes on for a
 * moment only; what is left then stays unjudged.
 */
export async function judgeInSlices(
  checks: readonly Check[],
  results: readonly ProbeResult[],
  limits: Limits,
  signal: AbortSignal | undefined,
): Promise<Judgements> {
  const judging = judgeInSteps(checks, results, limits)
  const breathe = breather()
  let lastMoment = Infinity
  let step = judging.next(true)
  while (!step.done) {
    await breathe()
    if (signal?.aborted) lastMoment = Math.min(lastMoment, performance.now() + AFTER_INTERRUPT_MS)
    step = judging.next(performance.now() < lastMoment)
  }
  return step.value
}
