import type { BenchOptions, BenchReport } from './bench/index.ts'
import type { CheckOptions, CheckReport } from './conformance/index.ts'
import type { RunningServer, ServerOptions } from './server/index.ts'

export type {
  BenchOptions,
  BenchProgress,
  BenchReport,
  Extent,
  Load,
  MetricSummary,
  Shard,
} from './bench/index.ts'
export type {
  Baseline,
  CheckOptions,
  CheckReport,
  CheckResult,
  CostEstimate,
  Finding,
  ProfileId,
  Progress,
  Recording,
  Severity,
  Summary,
  Verdict,
} from './conformance/index.ts'
// The one that is not asynchronous, and the one whose module is small.
export {
  type Exchange,
  exchangeFromJson,
  type ExchangeJson,
  lint,
  type LintOptions,
  type LintReport,
  type Saved,
  SoundcheckError,
  type SoundcheckErrorCode,
} from './conformance/lint.ts'
export type { Answered, Fault, RunningServer, ServerOptions } from './server/index.ts'

/**
 * Sends the probes to an endpoint and judges what comes back. Whatever the endpoint does is a result.
 *
 * @example
 * const { verdict, summary } = await check({ url: 'http://localhost:8000/v1', model: 'my-model' })
 *
 * @throws SoundcheckError for options that make no sense, and when there is no endpoint to judge:
 *   no such host, nothing listening, no TLS, or a key that is refused.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  return (await import('./conformance/index.ts')).check(options)
}

/**
 * Starts the reference server: an endpoint that keeps the whole contract.
 *
 * @example
 * await using server = await startServer({ scenarios: [{ then: { text: 'Hello.' } }] })
 * await check({ url: server.url })
 *
 * @throws when the address cannot be bound; ScenarioError for a scenario that cannot be used; TypeError
 * for such an option.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  return (await import('./server/index.ts')).startServer(options)
}

/**
 * Measures an endpoint under load. Whatever the endpoint does is a result.
 *
 * @example
 * const { verdict } = await bench({
 *   url: 'http://localhost:8000/v1',
 *   load: { kind: 'closed', concurrency: 8 },
 *   budgets: ['ttft p(95)<800'],
 * })
 *
 * @throws SoundcheckError for options that make no sense, and when there is no endpoint: no such
 *   host, nothing listening, no TLS, nothing at this path, or a key that is refused.
 */
export async function bench(options: BenchOptions): Promise<BenchReport> {
  return (await import('./bench/index.ts')).benchmark(options)
}
