import type { BenchReport } from '../result/bench-report-schema.ts'
import type { BenchOptions } from './bench-options.ts'
import { measureRun } from './measure-run.ts'
import { planRun } from './plan-run.ts'
import { preflight } from './preflight.ts'

/**
 * Measures an endpoint under load.
 *
 * Whatever the endpoint does is a result.
 *
 * @throws SoundcheckError for options that make no sense, and when there is no endpoint: no such
 *   host, nothing listening, no TLS, nothing at this path, or a key that is refused.
 */
export async function benchmark(options: BenchOptions): Promise<BenchReport> {
  const plan = planRun(options)
  options.onProgress?.({ phase: 'preflight' })
  const shape = await preflight(plan, options.explain)
  return measureRun(plan, options, shape)
}
