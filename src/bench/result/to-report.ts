import { isUpper, type Metric, metrics } from '../../budget/index.ts'
import { TOOL } from '../../endpoint/index.ts'
import { countsFailures } from '../budgets/counts-failures.ts'
import { judgeBudget } from '../budgets/judge-budget.ts'
import type { BenchBudget } from '../budgets/parse-bench-budget.ts'
import { judgeInstrument } from '../instrument/judge-instrument.ts'
import { stampError } from '../instrument/stamp-error.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-names.ts'
import type { Tally } from '../tally/tally.ts'
import type { BenchReport } from './bench-report-schema.ts'
import type { CutShort } from './cut-short.ts'
import { doubtOfProxyIn } from './doubt-of-proxy-in.ts'
import { summarize } from './summarize.ts'
import { toDeadAirExample } from './to-dead-air-example.ts'
import { type Remarks, verdictOf } from './verdict-of.ts'

/** What a report says beside its figures. */
export interface RunFacts
  extends
    Pick<BenchReport, 'target' | 'startedAt' | 'durationMs' | 'seed' | 'plan' | 'speech'>,
    Partial<Remarks> {
  readonly instrument: Omit<BenchReport['instrument'], 'verdict' | 'lagP99'>
  readonly coalescedEvents: number
  readonly judged: boolean
  /** Whether turns should go on from the answer before. */
  readonly isChained: boolean
  readonly keepSamples: boolean
  readonly cutShort: CutShort | null
}

/** Makes the report of a run, or of several that were added up. */
export function toReport(
  tally: Tally,
  budgets: readonly BenchBudget[],
  facts: RunFacts,
): BenchReport {
  const { instrument, coalescedEvents, judged, isChained, keepSamples, ...others } = facts
  const { cutShort, doubts = [], warnings = [], ...rest } = others
  const { ttftErrorP99 = null } = instrument
  const ruling = judgeInstrument({ ...instrument, ttftErrorP99 }, tightestBound(budgets))
  const results = budgets.map((budget) => judgeBudget(budget, tally, stampError(instrument)))
  const perSecond = (count: number) =>
    facts.durationMs > 0 ? (count / facts.durationMs) * 1_000 : 0
  const requests = {
    attempted: tally.attempted,
    ok: tally.ok,
    failed: { ...tally.failed },
    cancelled: tally.cancelled,
    ...(tally.unfinished.count > 0 && { unfinished: { ...tally.unfinished } }),
    ...(isChained && { chained: tally.chained }),
    perSecond: perSecond(tally.attempted),
    coalescedEvents,
    judged,
  }
  const failures = Array.from(tally.causes, ([name, cause]) => ({ name, ...cause })).toSorted(
    (a, b) => b.count - a.count,
  )
  const { verdict, reasons } = verdictOf(
    results,
    ruling,
    { ...requests, failures, mayFail: budgets.some(countsFailures) },
    cutShort,
    { doubts, warnings },
  )
  return {
    schemaVersion: 1,
    tool: TOOL,
    ...rest,
    requests,
    ...(failures.length > 0 && { failures }),
    instrument: {
      ...instrument,
      lagP99: tally.metrics.lag.histogram.percentile(99),
      verdict: ruling.verdict,
    },
    metrics: Object.fromEntries(
      METRIC_NAMES.map((name) => {
        const { histogram, sample } = tally.metrics[name]
        const figures = summarize(histogram, keepSamples ? sample : undefined)
        return [name, { ...explained(name), ...figures }]
      }),
    ) as BenchReport['metrics'],
    ...(tally.deadAirExample && { deadAirExample: toDeadAirExample(tally.deadAirExample) }),
    cold: {
      connect: summarize(tally.cold.connect),
      ttft: summarize(tally.cold.ttft),
      resent: tally.resent,
    },
    goodput: {
      perSecond: perSecond(tally.good),
      fraction: tally.attempted > 0 ? tally.good / tally.attempted : null,
      good: tally.good,
    },
    budgets: results.map((result) => ({ ...result })),
    verdict,
    reasons: [...reasons, ...doubtOfProxyIn(facts.target, tally.ok, failures)],
  }
}

/** The tightest bound on the moment something first arrives. */
function tightestBound(budgets: readonly BenchBudget[]): number | null {
  const bounds = budgets.flatMap((budget) =>
    budget.of === 'metric' && isUpper(budget) && budget.metric.startsWith('tt') ? budget.bound : [],
  )
  return bounds.length > 0 ? Math.min(...bounds) : null
}

/** What a report tells of a metric beside its figures. */
function explained(name: MetricName): Pick<Metric, 'unit' | 'definition' | 'elevenLabs'> {
  const { unit, definition, elevenLabs }: Metric = metrics[name]
  return { unit, definition, ...(elevenLabs !== undefined && { elevenLabs }) }
}
