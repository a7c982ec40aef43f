import { SoundcheckError } from '../../endpoint/index.ts'
import { type LoadStep, type StepOptions, stepTaker } from './step-taker.ts'

/** The search ends when the bounds are so close. */
const PRECISION = 1.05
const MAX_RATE = 100_000

export interface Capacity {
  /** The highest rate at which the budgets held; `null` when they did at none that was tried. */
  readonly ratePerSecond: number | null
  /** Whether the search came to its end: the rate is the capacity, not only a lower bound of it. */
  readonly isComplete: boolean
  readonly steps: readonly LoadStep[]
}

/**
 * Finds the highest rate at which the budgets hold: doubles it until they do not, then halves the
 * difference until it is below 5 %. Each rate is held for the duration of the run.
 *
 * @throws SoundcheckError as `benchmark` does, and without a budget.
 */
export async function findCapacity(
  options: StepOptions & {
    readonly spacing?: 'constant' | 'poisson'
    readonly startRate?: number
  },
): Promise<Capacity> {
  if (!options.budgets || options.budgets.length === 0) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      'a capacity is the highest rate at which budgets hold: give at least one --budget',
    )
  }
  const { spacing = 'constant', startRate = 1 } = options
  const takeStep = stepTaker(options)
  const steps: LoadStep[] = []
  let low: number | null = null
  let high: number | null = null
  for (let rate: number | null = startRate; rate !== null; rate = nextRate(rate, low, high)) {
    const step = await takeStep({ kind: 'open', spacing, ratePerSecond: rate })
    steps.push(step)
    if (step.holds) low = rate
    if (options.signal?.aborted) return { ratePerSecond: low, isComplete: false, steps }
    if (!step.holds) high = rate
  }
  return { ratePerSecond: low, isComplete: high !== null, steps }
}

/** `null` when the search is over. */
function nextRate(rate: number, low: number | null, high: number | null): number | null {
  if (low === null) return null
  if (high === null) return rate * 2 <= MAX_RATE ? rate * 2 : null
  return high / low > PRECISION ? (low + high) / 2 : null
}
