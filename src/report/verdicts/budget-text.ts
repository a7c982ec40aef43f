import type { CheckReport } from '../../conformance/index.ts'

/** What was measured for a budget. */
export function budgetText({ actual, samples }: CheckReport['budgets'][number]): string {
  const seen = actual === null ? 'nothing seen' : `${Math.round(actual)} ms`
  return `${seen} in ${samples} ${samples === 1 ? 'reply' : 'replies'}`
}
