import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { parseBenchBudget } from '../../src/bench/budgets/parse-bench-budget.ts'
import type { BenchReport } from '../../src/bench/index.ts'
import type { HeardAnswer } from '../../src/bench/measure/measure.ts'
import type { MetricName } from '../../src/bench/measure/metric-names.ts'
import type { CutShort } from '../../src/bench/result/cut-short.ts'
import { toReport } from '../../src/bench/result/to-report.ts'
import { Tally } from '../../src/bench/tally/tally.ts'

/** What a caller hears of an answer without words. */
export const UNHEARD: HeardAnswer = { spoken: [], silences: [], deadAirMs: 0, textMs: [] }

/** An answer whose voice speaks for a second, falls silent for so long, and speaks for another. */
function heardOf(deadAirMs: number): HeardAnswer {
  return {
    spoken: [
      { atMs: 500, durationMs: 1_000 },
      { atMs: 1_500 + deadAirMs, durationMs: 1_000 },
    ],
    silences: [{ atMs: 1_500, durationMs: deadAirMs }],
    deadAirMs,
    textMs: [400, 450, 500, 1_500 + deadAirMs],
  }
}

/** What is known of a run beside its times to first text. */
export interface Facts {
  readonly target?: Partial<BenchReport['target']>
  readonly startedAt?: string
  readonly durationMs?: number
  readonly plan?: Partial<BenchReport['plan']>
  readonly ttftErrorP99?: number | null
  readonly busy?: BenchReport['instrument']['busy']
  readonly budgets?: string[]
  readonly deadAir?: number[]
  /** So many requests failed, too. */
  readonly failures?: number
  /** What was seen of the first of them. */
  readonly seen?: string
  /** What all answers have beside their time to first text. */
  readonly values?: Partial<Record<Exclude<MetricName, 'icl'>, number>>
  readonly judged?: boolean
  readonly ttsDelayMs?: number
  readonly cutShort?: CutShort
}

/** A report of a run with these times to first text; the first answers have these silences. */
export function reportOf(ttft: readonly number[], facts: Facts = {}): BenchReport {
  const tally = new Tally()
  for (const [i, value] of ttft.entries()) {
    const silence = facts.deadAir?.[i]
    tally.add({
      kind: 'ok',
      measurement: {
        values: {
          ttft: value,
          lag: 0,
          ...(silence !== undefined && { dead_air: silence }),
          ...facts.values,
        },
        gaps: [value / 10],
        heard: silence === undefined ? UNHEARD : heardOf(silence),
      },
    })
  }
  const { failures = 0, seen } = facts
  for (let i = 0; i < failures; i++) {
    tally.add({
      kind: 'failed',
      failure: 'status',
      name: 'status 503',
      ...(seen !== undefined && { seen }),
    })
  }
  return toReport(tally, (facts.budgets ?? []).flatMap(parseBenchBudget), {
    target: { url: 'http://localhost', model: null, ...facts.target },
    startedAt: facts.startedAt ?? '2026-01-01T00:00:00.000Z',
    durationMs: facts.durationMs ?? 1_000,
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
    speech: {
      rule: 'elevenlabs-sentence',
      charactersPerSecond: 15,
      ttsDelayMs: facts.ttsDelayMs ?? 0,
    },
    instrument: {
      calibrated: facts.ttftErrorP99 !== undefined,
      ...(facts.ttftErrorP99 !== undefined && { ttftErrorP99: facts.ttftErrorP99 }),
      ...(facts.busy && { busy: facts.busy }),
      eventLoopUtilization: 0.1,
      gcMs: 0,
      threads: 1,
    },
    coalescedEvents: 0,
    judged: facts.judged ?? false,
    keepSamples: true,
    isChained: false,
    cutShort: facts.cutShort ?? null,
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
