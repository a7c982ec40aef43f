import type { MetricName } from '../measure/metric-names.ts'

/** How far from the truth what was measured may lie, in the unit of its metric. */
export interface Blur {
  readonly below: number
  readonly above: number
}

/** What may have been stamped late, in milliseconds. */
export interface Lateness {
  /** By how much a stamp may be late. */
  readonly errorMs: number
  /** How long answers are, from their first text to their last; `null` where there are none. */
  readonly spanMs: number | null
}

/** How long answers are, by the means of when their text begins and ends. */
export function spanBetween(ttftMs: number | null, e2eMs: number | null): number | null {
  return ttftMs === null || e2eMs === null ? null : e2eMs - ttftMs
}

/** From when it should have been sent: a thread that stamps late also sends late. */
const SENT_LATE: readonly MetricName[] = ['ttft_sched', 'e2e_sched']
/** Between two stamps, of which either may be late. */
const BETWEEN: readonly MetricName[] = ['icl', 'stall', 'dead_air', 'close_tail']
/** Tokens by the time between two stamps. */
const PACES: readonly MetricName[] = ['tpot', 'tps']
/** Of no moment, or of our own making. */
const EXACT: readonly MetricName[] = [
  'lag',
  'dead_air_count',
  'first_unit_chars',
  'tokens_per_chunk',
]

/**
 * How far from the truth a value may lie.
 *
 * A moment can only be stamped late, so that it is never longer than it seems; what lies between two
 * moments may be either. A pace is as inexact as the span that it is taken of.
 */
export function blurOf(metric: MetricName, value: number, { errorMs, spanMs }: Lateness): Blur {
  if (errorMs === 0 || EXACT.includes(metric)) return { below: 0, above: 0 }
  if (BETWEEN.includes(metric)) return { below: errorMs, above: errorMs }
  if (PACES.includes(metric)) {
    const share = spanMs !== null && spanMs > errorMs ? errorMs / spanMs : 1
    return { below: value * share, above: value * share }
  }
  return { below: 0, above: SENT_LATE.includes(metric) ? 2 * errorMs : errorMs }
}
