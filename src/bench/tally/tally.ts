import { type Bound, keepsBound } from '../../budget/index.ts'
import { FAILURES, type FailureClass } from '../measure/classify.ts'
import type { HeardAnswer, Measurement } from '../measure/measure.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-names.ts'
import { Histogram } from './histogram.ts'
import { Sample } from './sample.ts'

/** A bound that every request should keep. */
export interface RequestLimit extends Bound {
  readonly metric: MetricName
}

/** What became of one request. */
export type Outcome =
  | { readonly kind: 'ok'; readonly measurement: Measurement }
  | {
      readonly kind: 'failed'
      readonly failure: FailureClass
      /** The status or the check that tells more than the class, which it is when absent. */
      readonly name?: string
      readonly seen?: string
    }
  /** Hung up on purpose. */
  | { readonly kind: 'cancelled' }

/** Requests that failed alike. */
export interface FailureCause {
  readonly failure: FailureClass
  readonly count: number
  /** What was seen of the first; `null` when nothing was. */
  readonly seen: string | null
}

export interface Distribution {
  readonly histogram: Histogram
  readonly sample: Sample
}

/** All requests of a run, in bounded memory. */
export class Tally {
  readonly metrics = Object.fromEntries(
    METRIC_NAMES.map((name) => [name, { histogram: new Histogram(), sample: new Sample() }]),
  ) as Record<MetricName, Distribution>
  /** Requests that opened a connection: how long that took, and the first text after it. */
  readonly cold = { connect: new Histogram(), ttft: new Histogram() }
  /** Requests whose connection the server had closed while it was idle. */
  resent = 0
  readonly failed = Object.fromEntries(FAILURES.map((name) => [name, 0])) as Record<
    FailureClass,
    number
  >
  /** By the status, the check that tells of them, or their class. */
  readonly causes = new Map<string, FailureCause>()
  /** The answer with the most dead air, the first of several; `null` while there was none. */
  deadAirExample: HeardAnswer | null = null
  attempted = 0
  ok = 0
  cancelled = 0
  /** Requests that were under way when the run was interrupted. */
  readonly unfinished = { count: 0, longestMs: 0 }
  /** Requests that went on from the answer before. */
  chained = 0
  good = 0
  /** What a request has to keep to be good. */
  readonly limits: readonly RequestLimit[]

  constructor(limits: readonly RequestLimit[] = []) {
    this.limits = limits
  }

  add(outcome: Outcome): void {
    if (outcome.kind === 'cancelled') {
      this.cancelled += 1
      return
    }
    this.attempted += 1
    if (outcome.kind === 'failed') {
      const { failure, name = failure, seen = null } = outcome
      this.failed[failure] += 1
      this.addCause(name, { failure, count: 1, seen })
      return
    }
    this.ok += 1
    const { values, gaps, heard } = outcome.measurement
    for (const [name, value] of Object.entries(values)) this.#record(name as MetricName, value)
    for (const gap of gaps) this.#record('icl', gap)
    this.addHeard(heard)
    if (this.limits.every((limit) => keeps(limit, outcome.measurement))) this.good += 1
  }

  addCause(name: string, { failure, count, seen }: FailureCause): void {
    const known = this.causes.get(name)
    this.causes.set(name, {
      failure,
      count: count + (known?.count ?? 0),
      seen: known?.seen ?? seen,
    })
  }

  addHeard(heard: HeardAnswer): void {
    if (heard.deadAirMs > (this.deadAirExample?.deadAirMs ?? 0)) this.deadAirExample = heard
  }

  addUnfinished(longestMs: number, count = 1): void {
    this.unfinished.count += count
    this.unfinished.longestMs = Math.max(this.unfinished.longestMs, longestMs)
  }

  /** A request on a new connection, within the warm-up or not. */
  addCold(connectMs: number, measurement: Measurement): void {
    this.cold.connect.record(connectMs)
    const { ttft } = measurement.values
    if (ttft !== undefined) this.cold.ttft.record(ttft)
  }

  #record(name: MetricName, value: number): void {
    const { histogram, sample } = this.metrics[name]
    histogram.record(value)
    sample.add(value)
  }
}

/** What was not measured, such as tokens without usage, breaks no limit. */
function keeps(limit: RequestLimit, { values, gaps }: Measurement): boolean {
  const value = limit.metric === 'icl' ? Math.max(0, ...gaps) : values[limit.metric]
  return value === undefined || keepsBound(limit, value)
}
