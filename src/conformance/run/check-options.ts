import type { TargetOptions } from '../../endpoint/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Baseline } from '../baseline/baseline-schema.ts'
import type { Limits } from '../check/limits.ts'
import type { FailOn } from '../judge/verdict-of.ts'
import type { Recording } from '../probes/replay.ts'
import type { Wishes } from '../profiles/as-platform.ts'
import type { CostEstimate } from './estimate-cost.ts'
import type { Policy } from './plan-checks.ts'
import type { Progress } from './run-probes.ts'

/**
 * What is checked, and how.
 *
 * @example
 * {
 *   url: 'http://localhost:8000/v1',
 *   model: 'my-model',
 *   budgets: ['first_content p(95)<1000'],
 *   only: ['sse', 'tools'],
 * }
 */
export interface CheckOptions extends Omit<TargetOptions, 'extraBody'>, Policy, Wishes {
  /**
   * How many probes may run in parallel.
   *
   * @defaultValue 4
   */
  readonly concurrency?: number
  /**
   * Sends six requests only: what an ordinary call needs most.
   *
   * @defaultValue false
   */
  readonly quick?: boolean
  /**
   * How often a reply is asked for, at most, that may be bad by the model's choice.
   *
   * @defaultValue 5
   */
  readonly samples?: number
  /** Recorded requests, sent too. */
  readonly replay?: readonly Recording[]
  /** Limits on times, such as `first_content p(95)<1000`: see {@link parseCheckBudget}. */
  readonly budgets?: readonly string[]
  /** Failures that are known: they are told, but do not fail the run, unless they are gone or expired. */
  readonly baseline?: Baseline
  /**
   * Accepts the failures of this run: `baseline` of the report is then the baseline to keep.
   *
   * @defaultValue false
   */
  readonly updateBaseline?: boolean
  /** Those given replace the defaults. */
  readonly limits?: Partial<Limits>
  /**
   * The lowest severity that makes the verdict `fail`.
   *
   * @defaultValue 'error'
   */
  readonly failOn?: FailOn
  /** Stops sending; what came back until then is judged. */
  readonly signal?: AbortSignal
  /** Called before the first request. */
  readonly onEstimate?: (cost: CostEstimate) => void
  /** Called when a probe is sent and when it is done. */
  readonly onProgress?: (progress: Progress) => void
  /** Called with every exchange, secrets removed. */
  readonly onExchange?: (exchange: Exchange) => void
}
