import { compare, type CompareOptions, type Comparison } from '../compare/compare.ts'
import { merge } from '../result/merge.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import type { BenchOptions } from './bench-options.ts'
import { benchmark } from './benchmark.ts'
import { planRun } from './plan-run.ts'

/** So many times each endpoint has its turn: what drifts falls on both. */
const TURNS = 4

/** Two endpoints measured in turns, and what sets them apart. */
export interface Versus {
  readonly first: BenchReport
  readonly second: BenchReport
  readonly comparison: Comparison
}

/**
 * Measures two endpoints in turns (A B B A A B B A), so that neither has the quieter hour.
 *
 * @throws SoundcheckError as `benchmark` does.
 */
export async function versus(
  first: BenchOptions,
  second: Pick<BenchOptions, 'url'> & Partial<BenchOptions>,
  options: CompareOptions = {},
): Promise<Versus> {
  const parts: [BenchReport[], BenchReport[]] = [[], []]
  const both = [first, { ...first, ...second }] as const
  // Nothing is sent to one of them before both are known to make sense.
  for (const each of both) planRun(each)
  for (let turn = 0; turn < TURNS; turn++) {
    const order = turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)
    for (const side of order) {
      const isFirst = turn === 0 && side === order[0]
      parts[side].push(await benchmark(partOf(both[side], turn, isFirst)))
    }
  }
  const [a, b] = [merge(parts[0]), merge(parts[1])]
  return { first: a, second: b, comparison: compare(a, b, options) }
}

function partOf(
  { startAt, ...options }: BenchOptions,
  turn: number,
  isFirst: boolean,
): BenchOptions {
  const { durationMs = 30_000, requests = null } = options.extent ?? {}
  return {
    ...options,
    // Only the first turn has a moment to wait for.
    ...(isFirst && startAt !== undefined && { startAt }),
    calibrate: turn === 0 && options.calibrate !== false,
    extent: {
      ...options.extent,
      durationMs: durationMs / TURNS,
      requests: requests === null ? null : Math.ceil(requests / TURNS),
    },
  }
}
