import { SoundcheckError } from '../../endpoint/index.ts'
import { requestLimits } from '../budgets/judge-budget.ts'
import { parseBenchBudget } from '../budgets/parse-bench-budget.ts'
import { FAILURES } from '../measure/classify.ts'
import { METRIC_NAMES } from '../measure/metric-names.ts'
import { Tally } from '../tally/tally.ts'
import type { BenchReport } from './bench-report-schema.ts'
import { checkTogether } from './check-together.ts'
import { type Conditions, conditionsOf, whatDiffers } from './conditions-of.ts'
import { cutShortBy } from './cut-short.ts'
import { addFigures } from './summarize.ts'
import { toReport } from './to-report.ts'

/**
 * Adds up the reports of several shards, or of several parts of one run: histograms exactly, budgets
 * judged again on the whole.
 *
 * @throws SoundcheckError when they do not belong together.
 */
export function merge(reports: readonly BenchReport[]): BenchReport {
  const [first, ...others] = reports
  if (!first) throw new SoundcheckError('INVALID_INPUT', 'there are no reports to merge')
  for (const other of others) checkSamePlan(first, other)
  checkShards(reports)
  checkParts(reports)
  const apart = checkTogether(reports)
  const budgets = first.budgets.flatMap(({ expression }) => parseBenchBudget(expression))
  const tally = new Tally(requestLimits(budgets))
  for (const report of reports) addReport(tally, report)

  const starts = reports.map(({ startedAt }) => Date.parse(startedAt))
  const isSharded = first.plan.shard !== null
  const worst = (key: 'ttftErrorP50' | 'ttftErrorP99' | 'addedP50' | 'addedP99') =>
    reports
      .filter(({ instrument }) => instrument.calibrated)
      .map(({ instrument }) => instrument[key] ?? null)
      .reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0)
  const sum = (of: (report: BenchReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0)
  // Each shard has a machine of its own; parts have one, which is measured before the first of them.
  const calibrated = isSharded
    ? reports.every(({ instrument }) => instrument.calibrated)
    : reports.some(({ instrument }) => instrument.calibrated)
  return toReport(tally, budgets, {
    target: first.target,
    startedAt: new Date(Math.min(...starts)).toISOString(),
    // Shards run at the same time, or nearly so, parts one after the other.
    durationMs: isSharded
      ? Math.max(...reports.map(({ durationMs }, i) => starts[i]! + durationMs)) -
        Math.min(...starts)
      : sum(({ durationMs }) => durationMs),
    seed: first.seed,
    plan: { ...first.plan, shard: null },
    speech: first.speech,
    coalescedEvents:
      sum(({ requests }) => requests.coalescedEvents * requests.attempted) /
      Math.max(1, tally.attempted),
    judged: reports.every(({ requests }) => requests.judged),
    isChained: first.requests.chained !== undefined,
    instrument: {
      calibrated,
      ...(calibrated && {
        ttftErrorP50: worst('ttftErrorP50'),
        ttftErrorP99: worst('ttftErrorP99'),
        addedP50: worst('addedP50'),
        addedP99: worst('addedP99'),
      }),
      ...busyIn(reports),
      eventLoopUtilization: Math.max(
        ...reports.map(({ instrument }) => instrument.eventLoopUtilization),
      ),
      gcMs: sum(({ instrument }) => instrument.gcMs),
      threads: isSharded ? sum(({ instrument }) => instrument.threads) : first.instrument.threads,
    },
    keepSamples: reports.every(({ metrics }) => metrics.lag.sample !== undefined),
    cutShort: reports.map(cutShortBy).find((cause) => cause !== null) ?? null,
    doubts: apart,
  })
}

/** What is known of machines that were busy; nothing where none was. */
function busyIn(reports: readonly BenchReport[]): Pick<BenchReport['instrument'], 'busy'> {
  const all = reports.flatMap(({ instrument }) => instrument.busy ?? [])
  if (all.length === 0) return {}
  const share = all.reduce((sum, busy) => sum + busy.share, 0) / reports.length
  return { busy: { share, wokeLateP99: Math.max(...all.map((busy) => busy.wokeLateP99)) } }
}

function addReport(tally: Tally, report: BenchReport): void {
  const { requests, goodput, metrics, cold, deadAirExample } = report
  tally.attempted += requests.attempted
  tally.ok += requests.ok
  tally.cancelled += requests.cancelled
  const { unfinished } = requests
  if (unfinished) tally.addUnfinished(unfinished.longestMs, unfinished.count)
  tally.chained += requests.chained ?? 0
  tally.good += goodput.good
  tally.resent += cold.resent
  for (const name of FAILURES) tally.failed[name] += requests.failed[name]
  for (const { name, ...cause } of report.failures ?? []) tally.addCause(name, cause)
  for (const name of METRIC_NAMES) addFigures(metrics[name], tally.metrics[name])
  addFigures(cold.connect, { histogram: tally.cold.connect })
  addFigures(cold.ttft, { histogram: tally.cold.ttft })
  if (deadAirExample) tally.addHeard(deadAirExample)
}

function checkSamePlan(a: BenchReport, b: BenchReport): void {
  const differences = whatDiffers(essenceOf(a), essenceOf(b))
  if (differences.length === 0) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the reports are not of one run: ${differences.join('; ')}. All of its parts have the same target, seed, plan, requests, voice and budgets`,
  )
}

/** What all parts of a run have in common. */
function essenceOf(report: BenchReport): Conditions {
  const { target, plan, budgets } = report
  return {
    target: target.url,
    ...conditionsOf(report),
    shard: plan.shard === null ? 'none' : `one of ${plan.shard.count}`,
    duration: `${plan.durationMs / 1_000} s`,
    'number of requests': String(plan.requests ?? 'open'),
    budgets: budgets.map(({ expression }) => `"${expression}"`).join(', ') || 'none',
  }
}

/** Parts of one run follow each other, so that two of one moment are the same one. */
function checkParts(reports: readonly BenchReport[]): void {
  const starts = reports.filter(({ plan }) => plan.shard === null).map((each) => each.startedAt)
  const twice = starts.find((start, i) => starts.indexOf(start) < i)
  if (twice === undefined) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the report of the run that started at ${twice} is given twice: it would be counted twice`,
  )
}

function checkShards(reports: readonly BenchReport[]): void {
  const shards = reports.flatMap(({ plan }) => plan.shard ?? [])
  const count = shards[0]?.count
  if (count === undefined) return
  const missing = Array.from({ length: count }, (_, i) => i).filter(
    (i) => !shards.some(({ index }) => index === i),
  )
  const twice = shards.find(({ index }, i) =>
    shards.slice(0, i).some((each) => each.index === index),
  )
  if (twice) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `shard ${twice.index} of ${count} is given twice${missing.length > 0 ? `, and shard ${missing.join(', ')} is missing` : ''}`,
    )
  }
  if (missing.length === 0 && reports.length === count) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    missing.length > 0
      ? `shard ${missing.join(', ')} of ${count} is missing`
      : `there are ${reports.length} reports of ${count} shards; give each once`,
  )
}
