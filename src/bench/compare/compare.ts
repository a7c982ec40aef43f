import { sizeForShare } from '../budgets/sample-size.ts'
import { blurOf, spanBetween } from '../instrument/blur-of.ts'
import { stampError } from '../instrument/stamp-error.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-names.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import { conditionsOf, whatDiffers } from '../result/conditions-of.ts'
import { type Estimate, quantile, quantileShift } from './bootstrap.ts'
import { fisherExact, type Proportion } from './fisher-exact.ts'
import { mannWhitney } from './mann-whitney.ts'
import { whyNotCompared } from './why-not-compared.ts'

export interface CompareOptions {
  /** What decides: `ttft` when absent. */
  readonly metric?: MetricName
  /** A difference of medians by less than this share does not matter: 0.05 when absent. */
  readonly margin?: number
}

export type Difference = 'none' | 'slower' | 'faster' | 'inconclusive'

/** What became of one metric; shares are of the first report's value. */
export interface MetricComparison {
  readonly metric: MetricName
  readonly unit: string
  readonly counts: readonly [number, number]
  readonly medians: readonly [number, number]
  readonly p50: Estimate
  /** `null` where there are too few values. */
  readonly p95: Estimate | null
  readonly p: number
  /** The probability that a value of the second exceeds one of the first. */
  readonly superiority: number
  readonly difference: Difference
}

export interface Comparison {
  /** The metric that decides comes first. */
  readonly metrics: readonly MetricComparison[]
  readonly difference: Difference
  readonly reasons: readonly string[]
}

const ALPHA = 0.05
/** Fewer values tell nothing of a median. */
const MIN_VALUES = 20
const MORE_IS_BETTER: readonly MetricName[] = ['tps']

/**
 * Compares a second report with a first.
 *
 * - `none`: the whole interval of the difference of medians lies within the margin.
 * - `slower`, `faster`: it lies beyond the margin, on one side, and a rank test agrees.
 * - `inconclusive`: it reaches from one into the other, so that the difference may matter or not; more
 *   requests would tell. So is a difference within the error of the instrument.
 *
 * Times are those of good answers. When one run had more failures than chance explains, they are of
 * other requests than those of the other run, and prove nothing; but one that is slower and fails more
 * often is slower.
 */
export function compare(
  first: BenchReport,
  second: BenchReport,
  { metric = 'ttft', margin = 0.05 }: CompareOptions = {},
): Comparison {
  const names = [metric, ...METRIC_NAMES.filter((name) => name !== metric)]
  const metrics = names.flatMap((name) => compareMetric(name, first, second, margin))
  const decisive = metrics.find((each) => each.metric === metric)
  // What had no good answer has no times that could be late.
  const isVoid = [first, second].some(
    ({ instrument, requests }) => requests.ok > 0 && instrument.verdict === 'void',
  )
  const failures = compareFailures(first, second)
  const reasons = [
    ...differences(first, second),
    ...(failures ? [failures.reason] : []),
    ...busyMachine(first, second),
    ...(isVoid ? ['the instrument of one of the runs was too slow to be trusted'] : []),
    ...(decisive && placeOf(decisive.p50, margin) === 'across'
      ? [undecided(decisive, margin)]
      : []),
    ...(decisive ? [] : [whyNotCompared(metric, MIN_VALUES, first, second)]),
  ]
  const difference = decisive && !isVoid ? decisive.difference : 'inconclusive'
  const isTrusted = !failures || difference === (failures.more === 'second' ? 'slower' : 'faster')
  return { metrics, difference: isTrusted ? difference : 'inconclusive', reasons }
}

/** What a difference may be owed to, beside the endpoints. */
function busyMachine(...reports: readonly BenchReport[]): string[] {
  const late = reports.flatMap(({ instrument }) => instrument.busy?.wokeLateP99 ?? [])
  if (late.length === 0) return []
  return [
    `the machine that measured was too busy, and woke its threads up to ${Math.max(...late).toFixed(1)} ms late (p99): a smaller difference proves nothing`,
  ]
}

/** Which run had more failures than chance explains; `null` for neither. */
function compareFailures(
  first: BenchReport,
  second: BenchReport,
): { readonly more: 'first' | 'second'; readonly reason: string } | null {
  const [a, b] = [first, second].map(({ requests: { attempted, ok } }) => ({
    hits: attempted - ok,
    of: attempted,
  })) as [Proportion, Proportion]
  if (fisherExact(a, b) >= ALPHA) return null
  return {
    more: a.hits / a.of > b.hits / b.of ? 'first' : 'second',
    reason: `${a.hits} of ${a.of} requests failed, then ${b.hits} of ${b.of}: the times are only those of good answers`,
  }
}

function compareMetric(
  name: MetricName,
  first: BenchReport,
  second: BenchReport,
  margin: number,
): MetricComparison[] {
  const { sample: a = [], unit } = first.metrics[name]
  const { sample: b = [] } = second.metrics[name]
  if (a.length < MIN_VALUES || b.length < MIN_VALUES) return []
  const p50 = quantileShift(a, b, 0.5)
  const { p, superiority } = mannWhitney(a, b)
  const medians = [medianOf(a), medianOf(b)] as const
  const canP95 = Math.min(a.length, b.length) >= sizeForShare(0.05)
  const band = Math.max(errorOf(name, medians[0], first), errorOf(name, medians[1], second))
  return [
    {
      metric: name,
      unit,
      counts: [first.metrics[name].count, second.metrics[name].count],
      medians,
      p50,
      p95: canP95 ? quantileShift(a, b, 0.95) : null,
      p,
      superiority,
      difference: differenceOf(name, p50, p, margin, Math.abs(medians[1] - medians[0]) <= band),
    },
  ]
}

/** How far what was measured may lie from the truth, on both sides together. */
function errorOf(name: MetricName, median: number, { instrument, metrics }: BenchReport): number {
  const spanMs = spanBetween(metrics.ttft.mean, metrics.e2e.mean)
  const { below, above } = blurOf(name, median, { errorMs: stampError(instrument), spanMs })
  return below + above
}

function differenceOf(
  name: MetricName,
  shift: Estimate,
  p: number,
  margin: number,
  isWithinError: boolean,
): Difference {
  const place = placeOf(shift, margin)
  if (place === 'within') return 'none'
  if (isWithinError || p >= ALPHA || place === 'across') return 'inconclusive'
  return (place === 'above') === MORE_IS_BETTER.includes(name) ? 'faster' : 'slower'
}

/** Where an interval lies beside a margin: `across` where it reaches from within it to beyond. */
function placeOf({ low, high }: Estimate, margin: number): 'within' | 'above' | 'below' | 'across' {
  if (low > -margin && high < margin) return 'within'
  if (low >= margin) return 'above'
  return high <= -margin ? 'below' : 'across'
}

function undecided({ metric, p50: { low, high } }: MetricComparison, margin: number): string {
  return `the interval of ${metric}, ${percent(low)} to ${percent(high)}, is neither within the margin of ${percent(margin)} nor beyond it: more requests make it narrower`
}

function percent(share: number): string {
  return Number.isFinite(share)
    ? `${Number((share * 100).toFixed(1))} %`
    : 'any number of times more'
}

function medianOf(values: readonly number[]): number {
  return quantile(Float64Array.from(values).toSorted(), 0.5)
}

/** Runs that were not alike can differ for that reason alone. */
function differences(first: BenchReport, second: BenchReport): string[] {
  return whatDiffers(conditionsOf(first), conditionsOf(second)).map(
    (difference) => `the runs were not alike: ${difference}`,
  )
}
