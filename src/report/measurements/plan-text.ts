import type { BenchReport } from '../../bench/index.ts'

/** How requests were sent, and for how long. */
export function loadText({ plan, durationMs }: BenchReport): string {
  const load =
    plan.load === 'closed'
      ? `${plan.concurrency} at a time`
      : `${plan.ratePerSecond}${plan.toRatePerSecond === null ? '' : ` to ${plan.toRatePerSecond}`} requests/s, ${plan.load}`
  return `${load}, ${(durationMs / 1_000).toFixed(1)} s`
}

/** How requests were sent, and how the voice was simulated. */
export function planText(report: BenchReport): string {
  const { plan, seed, speech } = report
  const shard = plan.shard ? `, shard ${plan.shard.index}/${plan.shard.count}` : ''
  return `${loadText(report)} after ${(plan.warmupMs / 1_000).toFixed(1)} s of warm-up, seed ${seed}${shard}; voice: ${speech.rule}, ${speech.charactersPerSecond} characters/s, ${speech.ttsDelayMs} ms to its first sound`
}
