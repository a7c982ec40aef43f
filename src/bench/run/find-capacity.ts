import { SoundcheckError } from '../../endpoint/index.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import type { BenchOptions } from './bench-options.ts'
import { benchmark } from './benchmark.ts'

/** The search ends when the bounds are so close. */
const PRECISION = 1.05
const MAX_RATE = 100_000

export interface CapacityStep {
  readonly ratePerSecond: number
  readonly holds: boolean
  readonly report: BenchReport
}

export interface Capacity {
  /** The highest rate at which the budgets held; `null` when they did not at the lowest tried. */
  readonly ratePerSecond: number | null
  readonly steps: readonly CapacityStep[]
}

/**
 * Finds the highest rate at which the budgets hold: doubles it until they do not, then halves the
 * difference until it is below 5 %. Each rate is held for the duration of the run.
 *
 * A budget that is inconclusive does not hold, since nothing proves it.
 *
 * @throws SoundcheckError as `benchmark` does, and without a budget.
 */
export async function findCapacity(
  options: Omit<BenchOptions, 'load'> & {
    readonly spacing?: 'constant' | 'poisson'
    readonly startRate?: number
    readonly onStep?: (step: CapacityStep) => void
  },
): Promise<Capacity> {
  if (!options.budgets || options.budgets.length === 0) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      'a capacity is the highest rate at which budgets hold: give at least one --budget',
    )
  }
  const { spacing = 'constant', startRate = 1, onStep } = options
  const steps: CapacityStep[] = []
  const holdsAt = async (ratePerSecond: number): Promise<boolean> => {
    const report = await benchmark({
      ...options,
      calibrate: steps.length === 0 && options.calibrate !== false,
      load: { kind: 'open', spacing, ratePerSecond },
    })
    const step = { ratePerSecond, holds: report.verdict === 'pass', report }
    steps.push(step)
    onStep?.(step)
    return step.holds
  }

  let low: number | null = null
  let high = startRate
  while (high <= MAX_RATE && !options.signal?.aborted && (await holdsAt(high))) {
    low = high
    high *= 2
  }
  while (low !== null && high / low > PRECISION && !options.signal?.aborted) {
    const middle = (low + high) / 2
    if (await holdsAt(middle)) low = middle
    else high = middle
  }
  return { ratePerSecond: low, steps }
}
