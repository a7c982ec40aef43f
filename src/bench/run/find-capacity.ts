import { SoundcheckError } from '../../endpoint/index.ts'
import { CALIBRATION_WARMUP_MS } from '../instrument/calibrate.ts'
import { CALIBRATION_MS } from './measure-run.ts'
import { planRun } from './plan-run.ts'
import { type LoadStep, type StepOptions, stepTaker } from './step-taker.ts'

/** The search ends when the bounds are so close. */
const PRECISION = 1.05
const MAX_RATE = 100_000

export interface CapacityOptions extends StepOptions {
  readonly spacing?: 'constant' | 'poisson'
  readonly startRate?: number
}

export interface Capacity {
  /** The highest rate at which the budgets held; `null` when they did at none that was tried. */
  readonly ratePerSecond: number | null
  /**
   * Whether the search came to its end: the rate is the capacity, not only a lower bound of it, and
   * without one the budgets broke at the lowest rate.
   */
  readonly isComplete: boolean
  readonly steps: readonly LoadStep[]
}

/**
 * Finds the highest rate at which the budgets hold: doubles it until they do not, then halves the
 * difference until it is below 5 %. Each rate is held for the duration of the run.
 *
 * A rate that brings too few requests to tell is taken for one below the capacity, but not for one
 * that holds. Where there are enough, what was measured decides, proven or not: see `StepOutcome`.
 *
 * @throws SoundcheckError as `benchmark` does, and without a budget.
 */
export async function findCapacity(options: CapacityOptions): Promise<Capacity> {
  checkBudgets(options)
  const { spacing = 'constant', startRate = 1 } = options
  const takeStep = stepTaker(options)
  const steps: LoadStep[] = []
  let bounds: Bounds = { held: null, tooFew: null, beyond: null }
  for (let rate: number | null = startRate; rate !== null; rate = nextRate(rate, bounds)) {
    const step = await takeStep({ kind: 'open', spacing, ratePerSecond: rate })
    const isInterrupted = options.signal?.aborted === true
    if (!isInterrupted || step.outcome === 'holds')
      bounds = narrow(bounds, rate, step, steps.at(-1))
    steps.push(step)
    if (isInterrupted) return { ratePerSecond: bounds.held, isComplete: false, steps }
  }
  return { ratePerSecond: bounds.held, isComplete: isComplete(bounds), steps }
}

/** How many rates a search tries at most, and how long one takes where no answer is late. */
export interface SearchEffort {
  readonly rates: number
  readonly rateMs: number
  /** By which late answers may prolong each. */
  readonly timeoutMs: number
}

/**
 * What a search takes at most.
 *
 * @throws SoundcheckError as {@link findCapacity} does, before anything is sent.
 */
export function longestSearch(options: CapacityOptions): SearchEffort {
  checkBudgets(options)
  const { spacing = 'constant', startRate = 1, calibrate = true } = options
  const load = { kind: 'open', spacing, ratePerSecond: startRate } as const
  const { extent, target } = planRun({ ...options, load })
  const { warmupMs, durationMs, requests } = extent
  const doublings = Math.max(0, Math.floor(Math.log2(MAX_RATE / startRate)))
  const halvings = Math.ceil(-Math.log2(PRECISION - 1))
  const sendingMs = Math.min(
    durationMs,
    requests === null ? Infinity : (requests / startRate) * 1_000,
  )
  return {
    rates: 1 + doublings + (doublings > 0 ? halvings : 0),
    rateMs: warmupMs + sendingMs + (calibrate ? CALIBRATION_WARMUP_MS + CALIBRATION_MS : 0),
    timeoutMs: target.timeoutMs,
  }
}

function checkBudgets({ budgets }: CapacityOptions): void {
  if (budgets && budgets.length > 0) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    'a capacity is the highest rate at which budgets hold: give at least one --budget',
  )
}

/** Between which rates the capacity lies. */
interface Bounds {
  readonly held: number | null
  /** The highest rate that brought too few requests, until one held. */
  readonly tooFew: number | null
  readonly beyond: { readonly rate: number; readonly isBroken: boolean } | null
}

function narrow(
  bounds: Bounds,
  rate: number,
  { outcome, report }: LoadStep,
  before: LoadStep | undefined,
): Bounds {
  if (outcome === 'holds') return { ...bounds, held: rate }
  // With `--requests`, a higher rate brings no more of them.
  const hasMore = report.requests.attempted > (before?.report.requests.attempted ?? 0)
  const isWorthMore = bounds.held === null && (hasMore || bounds.beyond !== null)
  if (outcome === 'too-few' && isWorthMore) return { ...bounds, tooFew: rate }
  return { ...bounds, beyond: { rate, isBroken: outcome === 'breaks' } }
}

/** `null` when the search is over. */
function nextRate(rate: number, { held, tooFew, beyond }: Bounds): number | null {
  const low = held ?? tooFew
  if (low === null) return null
  if (beyond === null) return rate * 2 <= MAX_RATE ? rate * 2 : null
  // Nothing that holds is to be found where even the higher rate cannot tell.
  if (held === null && !beyond.isBroken) return null
  return beyond.rate / low > PRECISION ? (low + beyond.rate) / 2 : null
}

function isComplete({ held, tooFew, beyond }: Bounds): boolean {
  return beyond?.isBroken === true && (held !== null || tooFew === null)
}
