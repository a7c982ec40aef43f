import { type Budget, BUDGET_SETS, parseBudget } from '../../budget/index.ts'

export type BenchBudget = Budget<'bench'>

/**
 * Reads a budget or the name of a set: `ttft p(95)<100`, `tps p(5)>50`, `errors<0.001`, `production`.
 *
 * @throws SoundcheckError for what is neither.
 */
export function parseBenchBudget(text: string): BenchBudget[] {
  const set = Object.hasOwn(BUDGET_SETS, text) ? BUDGET_SETS[text] : undefined
  return (set ?? [text]).map((each) => parseBudget(each, 'bench'))
}
