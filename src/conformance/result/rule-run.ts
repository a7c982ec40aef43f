import { type MatchedFailure, problemsOf } from '../baseline/match-baseline.ts'
import { whyNotKept } from '../budgets/judge-budget.ts'
import type { Conclusion } from '../judge/conclude.ts'
import { type FailOn, type Ruling, verdictOf } from '../judge/verdict-of.ts'
import type { BudgetResult } from '../budgets/budget-schema.ts'

/** What a verdict rests on. */
interface Grounds {
  /** Of the checks that can fail the run. */
  readonly conclusions: readonly Conclusion[]
  readonly failOn: FailOn
  readonly baseline: readonly MatchedFailure[]
  readonly budgets: readonly BudgetResult[]
}

/**
 * Rules on a whole run. A failure counts most, then a baseline that no longer fits, then a budget that
 * is broken, then whatever could not be judged.
 */
export function ruleRun({ conclusions, failOn, baseline, budgets }: Grounds): Ruling {
  const known = new Set(
    baseline.filter(({ state }) => state === 'applies').map(({ id, probe }) => `${id} ${probe}`),
  )
  const ruling = verdictOf(conclusions, failOn, ({ check, evidence }) =>
    known.has(`${check.id} ${evidence.probe}`),
  )
  const problems = problemsOf(baseline)
  if (problems.length > 0) return { verdict: 'fail', reasons: problems }
  if (ruling.verdict === 'fail') return ruling
  const having = (verdict: BudgetResult['verdict']) =>
    budgets.filter((budget) => budget.verdict === verdict).map(whyNotKept)
  const broken = having('fail')
  if (broken.length > 0) return { verdict: 'over-budget', reasons: broken }
  const doubts = [...ruling.reasons, ...having('inconclusive')]
  return doubts.length > 0 ? { verdict: 'inconclusive', reasons: doubts } : ruling
}
