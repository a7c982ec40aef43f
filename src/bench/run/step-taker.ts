import type { AnswerShape } from '../instrument/calibrate.ts'
import type { Load } from '../plan/load.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import type { BenchOptions } from './bench-options.ts'
import { measureRun } from './measure-run.ts'
import { planRun } from './plan-run.ts'
import { preflight } from './preflight.ts'
import { type StepOutcome, stepOutcome } from './step-outcome.ts'

/** One of several loads, held for the duration of a run. */
export interface LoadStep {
  /** `null` in an open loop. */
  readonly concurrency: number | null
  /** `null` in a closed loop. */
  readonly ratePerSecond: number | null
  /** Whether all budgets did; one that is inconclusive does not, since nothing proves it. */
  readonly holds: boolean
  /** What a search for a capacity makes of it. */
  readonly outcome: StepOutcome
  readonly report: BenchReport
}

export interface StepOptions extends Omit<BenchOptions, 'load' | 'shard'> {
  /** Called after each step. */
  readonly onStep?: (step: LoadStep) => void
}

/**
 * Measures one load after the other, the instrument before each of them: what it adds depends on the
 * load.
 *
 * The endpoint is looked for once, so that one which breaks down under a load is a result.
 */
export function stepTaker(options: StepOptions): (load: Load) => Promise<LoadStep> {
  let shape: AnswerShape | undefined
  return async (load) => {
    // Only the first step has a moment to wait for.
    const { startAt: _, ...later } = options
    const own = shape ? later : options
    const plan = planRun({ ...own, load })
    if (!shape) {
      options.onProgress?.({ phase: 'preflight' })
      shape = await preflight(plan, options.explain)
    }
    const report = await measureRun(plan, own, shape)
    const { concurrency, ratePerSecond } = report.plan
    const step = {
      concurrency,
      ratePerSecond,
      holds: report.verdict === 'pass',
      outcome: stepOutcome(report),
      report,
    }
    options.onStep?.(step)
    return step
  }
}
