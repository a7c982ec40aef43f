import type { BenchReport } from '../../bench/index.ts'
import { plural } from '../text/plural.ts'

/** How requests were sent, and for how long. */
export function loadText({ plan, durationMs }: BenchReport): string {
  const load =
    plan.load === 'closed'
      ? `${plan.concurrency} at a time`
      : `${plan.ratePerSecond}${plan.toRatePerSecond === null ? '' : ` to ${plan.toRatePerSecond}`} requests/s, ${plan.load}`
  return `${load}, ${(durationMs / 1_000).toFixed(1)} s`
}

/** What was sent, and how, and how the voice was simulated. */
export function planText(report: BenchReport): string {
  const { plan, seed, speech } = report
  const shard = plan.shard ? `, shard ${plan.shard.index}/${plan.shard.count}` : ''
  const asked = plan.asked
    ? `; asked: ${plural(plan.asked.requests, 'request')} of ${plan.asked.meanCharacters} characters`
    : ''
  return `${loadText(report)} after ${(plan.warmupMs / 1_000).toFixed(1)} s of warm-up, seed ${seed}${shard}${asked}; voice: ${speech.rule}, ${speech.charactersPerSecond} characters/s, ${speech.ttsDelayMs} ms to its first sound`
}
