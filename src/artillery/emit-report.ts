import type { BenchReport } from '../bench/index.ts'
import type { ArtilleryEvents } from './artillery.ts'

/** Those that budgets are mostly about; the report has them all. */
const METRICS = ['ttft', 'ttft_sched', 'ttfs', 'dead_air', 'e2e'] as const

/**
 * Tells Artillery what was measured, in its own terms, once the clock no longer runs.
 *
 * No name is part of another one: `ensure` finds names in its expressions by plain text.
 */
export function emitReport(report: BenchReport, events: ArtilleryEvents): void {
  const { requests, metrics, verdict } = report
  for (const name of METRICS) {
    for (const value of metrics[name].sample ?? []) {
      events.emit('histogram', `soundcheck.${name}`, value)
    }
  }
  const counters = {
    attempted: requests.attempted,
    ok: requests.ok,
    failed: requests.attempted - requests.ok,
    cancelled: requests.cancelled,
    over_budget: Number(verdict === 'over-budget'),
    inconclusive: Number(verdict === 'inconclusive'),
  }
  for (const [name, count] of Object.entries(counters)) {
    events.emit('counter', `soundcheck.${name}`, count)
  }
  for (const [failure, count] of Object.entries(requests.failed)) {
    if (count > 0) events.emit('counter', `errors.${failure}`, count)
  }
}
