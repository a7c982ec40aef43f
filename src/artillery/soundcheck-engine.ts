import { callbackify } from 'node:util'
import { benchmark, SoundcheckError } from '../bench/index.ts'
import type {
  ArtilleryContext,
  ArtilleryEvents,
  ArtilleryHelpers,
  ArtilleryScenario,
  ArtilleryScript,
  VirtualUser,
} from './artillery.ts'
import { readBenchStep } from './bench-step.ts'
import { emitReport } from './emit-report.ts'
import { toBenchOptions } from './to-bench-options.ts'
import { writeReport } from './write-report.ts'

/**
 * An engine for Artillery, which only launches: one virtual user is a whole benchmark, by the
 * measuring core of `soundcheck bench`.
 */
export class SoundcheckEngine {
  readonly #config: ArtilleryScript['config']
  readonly #helpers: ArtilleryHelpers
  #hasStarted = false

  constructor(script: ArtilleryScript, _events: unknown, helpers: ArtilleryHelpers) {
    this.#config = script.config
    this.#helpers = helpers
  }

  createScenario(scenario: ArtilleryScenario, events: ArtilleryEvents): VirtualUser {
    return callbackify(async (context: ArtilleryContext) => {
      events.emit('started')
      await this.#measure(scenario, context, events).catch((error: Error) => {
        // It becomes the name of a counter, which is all that Artillery shows of an error.
        events.emit('error', error.message)
        throw error
      })
      return context
    })
  }

  async #measure(
    { flow }: ArtilleryScenario,
    context: ArtilleryContext,
    events: ArtilleryEvents,
  ): Promise<void> {
    this.#claimTheOnlyRun()
    const step = readBenchStep(this.#helpers.template(flow, context))
    const report = await benchmark(toBenchOptions(step, this.#config.target ?? ''))
    emitReport(report, events)
    await writeReport(report, step.out)
  }

  /** Runs beside each other would measure each other, and write to the same file. */
  #claimTheOnlyRun(): void {
    const isDealtOut = this.#config.phases?.some(({ totalWorkers = 1 }) => totalWorkers > 1)
    if (this.#hasStarted || isDealtOut) {
      throw new SoundcheckError(
        'INVALID_INPUT',
        'one virtual user is the whole run, and there are more; write the phases as [{ duration: 1, arrivalCount: 1 }], and say under load how much to send',
      )
    }
    this.#hasStarted = true
  }
}
