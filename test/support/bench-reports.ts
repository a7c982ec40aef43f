import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { parseBudget } from '../../src/bench/budget/parse-budget.ts'
import type { BenchReport } from '../../src/bench/index.ts'
import { toReport } from '../../src/bench/result/to-report.ts'
import { Tally } from '../../src/bench/tally/tally.ts'

/** A report of a run with these times to first text. */
export function reportOf(
  ttft: readonly number[],
  facts: { plan?: Partial<BenchReport['plan']>; ttftErrorP99?: number; budgets?: string[] } = {},
): BenchReport {
  const tally = new Tally()
  for (const value of ttft) {
    tally.add({ kind: 'ok', measurement: { values: { ttft: value, lag: 0 }, gaps: [value / 10] } })
  }
  return toReport(tally, (facts.budgets ?? []).flatMap(parseBudget), {
    target: { url: 'http://localhost', model: null },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1_000,
    seed: 0,
    plan: {
      load: 'closed',
      concurrency: 1,
      ratePerSecond: null,
      toRatePerSecond: null,
      requests: null,
      durationMs: 1_000,
      warmupMs: 0,
      shard: null,
      ...facts.plan,
    },
    speech: { rule: 'elevenlabs-sentence', charactersPerSecond: 15, ttsDelayMs: 0 },
    instrument: {
      calibrated: facts.ttftErrorP99 !== undefined,
      ...(facts.ttftErrorP99 !== undefined && { ttftErrorP99: facts.ttftErrorP99 }),
      eventLoopUtilization: 0.1,
      gcMs: 0,
      threads: 1,
    },
    coalescedEvents: 0,
    judged: false,
    keepSamples: true,
    interrupted: false,
  })
}

/** So many times of an endpoint whose logarithms are normal, as those of most endpoints nearly are. */
export function lognormal(count: number, median: number, sigma: number, seed: number): number[] {
  const random = xoroshiro128plus(seed)
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)))
    const normal = radius * Math.cos(2 * Math.PI * uniformFloat64(random))
    return median * Math.exp(sigma * normal)
  })
}
