import { DEFAULT_LIMITS } from '../check/limits.ts'
import { Docket } from '../judge/docket.ts'
import { perDialect } from './per-dialect.ts'
import { planChecks } from './plan-checks.ts'

/** Latency is for budgets to judge. What is milder than an error breaks no contract, and hides none. */
export const decisiveChecks = perDialect((dialect) => {
  const { judged } = planChecks({ dialect, skip: ['latency'] })
  return new Docket(
    judged.filter(({ severity }) => severity === 'error'),
    DEFAULT_LIMITS,
  )
})
