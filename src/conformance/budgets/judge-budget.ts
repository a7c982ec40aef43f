import { keepsBound, type MetricOf } from '../../budget/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Timing } from '../evidence/timing.ts'
import type { BudgetResult } from './budget-schema.ts'
import type { CheckBudget } from './parse-check-budget.ts'

/** The readings that metrics stand for. */
const READINGS = {
  ttft: 'firstTextMs',
  tth: 'headMs',
  ttfb: 'firstByteMs',
  first_content: 'firstContentMs',
  ttfs: 'firstSentenceMs',
  total: 'totalMs',
} as const satisfies Record<MetricOf<'check'>, keyof Timing>

/** Judges a budget by all replies that streamed; too few of them leave it undecided. */
export function judgeBudget(budget: CheckBudget, evidence: readonly Evidence[]): BudgetResult {
  const { expression, statistic } = budget
  const percentile = statistic.kind === 'percentile' ? statistic.percentile : 100
  const times = evidence.flatMap((each) => timeOf(budget, each) ?? []).toSorted((a, b) => a - b)
  const needed = samplesFor(percentile)
  // The nearest rank, so that the result is a time that was seen.
  const actual = times[ceil((percentile * times.length) / 100) - 1] ?? null
  const result = { expression, actual, samples: times.length, needed }
  if (actual === null || times.length < needed) return { ...result, verdict: 'inconclusive' }
  return { ...result, verdict: keepsBound(budget, actual) ? 'pass' : 'fail' }
}

/** How many times it takes until a percentile differs from the longest of them. */
function samplesFor(percentile: number): number {
  return percentile === 100 ? 1 : ceil(100 / (100 - percentile))
}

/** Rounds up; 1000.0000000000568 is 1000. */
function ceil(number: number): number {
  return Math.ceil(number - 1e-9)
}

function timeOf({ metric, probes }: CheckBudget, evidence: Evidence): number | undefined {
  const { exchange, probe, counts } = evidence
  if (counts.chunks === 0 || (probes && !probes.some((each) => each === probe))) return undefined
  // A reply that was broken off took as long as whoever broke it off.
  if (metric === 'total' && exchange?.end.how === 'aborted') return undefined
  return evidence.timing[READINGS[metric]]
}

/** Why a budget was not kept, or could not be judged. */
export function whyNotKept({ expression, actual, samples, needed, verdict }: BudgetResult): string {
  return verdict === 'fail'
    ? `over budget: ${expression}, but it was ${Math.round(actual ?? 0)} ms`
    : `too few replies for ${expression}: ${samples}, where it takes ${needed}`
}
