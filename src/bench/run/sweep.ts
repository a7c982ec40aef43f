import { SoundcheckError } from '../../endpoint/index.ts'
import type { Load } from '../plan/load.ts'
import { cutShortBy } from '../result/cut-short.ts'
import { planRun } from './plan-run.ts'
import { type LoadStep, type StepOptions, stepTaker } from './step-taker.ts'

export interface Sweep {
  /** In the order of the loads; fewer of them when the sweep was cut short. */
  readonly steps: readonly LoadStep[]
}

/**
 * Measures an endpoint under one load after the other, each for the duration of the run.
 *
 * A step that was cut short, by an interruption or by too many failures, is the last.
 *
 * @throws SoundcheckError as `benchmark` does, and without a load.
 */
export async function sweep(
  options: StepOptions & { readonly loads: readonly Load[] },
): Promise<Sweep> {
  const { loads } = options
  if (loads.length === 0) {
    throw new SoundcheckError('INVALID_INPUT', 'a sweep has no loads; give at least one')
  }
  // Nothing is sent before all of them are known to make sense.
  for (const load of loads) planRun({ ...options, load })
  const takeStep = stepTaker(options)
  const steps: LoadStep[] = []
  for (const load of loads) {
    const step = await takeStep(load)
    steps.push(step)
    if (options.signal?.aborted || cutShortBy(step.report)) break
  }
  return { steps }
}
