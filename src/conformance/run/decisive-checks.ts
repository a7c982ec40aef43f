import type { Check } from '../check/define-check.ts'
import { planChecks } from './plan-checks.ts'

let known: readonly Check[] | undefined

/** Latency is for budgets to judge. What is milder than an error breaks no contract, and hides none. */
export function decisiveChecks(): readonly Check[] {
  known ??= planChecks({ skip: ['latency'] }).judged.filter(({ severity }) => severity === 'error')
  return known
}
