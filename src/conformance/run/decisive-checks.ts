import type { Check } from '../check/define-check.ts'
import type { Dialect } from '../../protocol/index.ts'
import { planChecks } from './plan-checks.ts'

const known = new Map<Dialect, readonly Check[]>()

/** Latency is for budgets to judge. What is milder than an error breaks no contract, and hides none. */
export function decisiveChecks(dialect: Dialect): readonly Check[] {
  let checks = known.get(dialect)
  if (!checks) {
    const { judged } = planChecks({ dialect, skip: ['latency'] })
    known.set(dialect, (checks = judged.filter(({ severity }) => severity === 'error')))
  }
  return checks
}
