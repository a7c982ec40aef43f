import { DEFAULT_LIMITS } from '../check/limits.ts'
import type { Dialect } from '../../protocol/index.ts'
import { Docket } from '../judge/docket.ts'
import { planChecks } from './plan-checks.ts'

const known = new Map<Dialect, Docket>()

/** Latency is for budgets to judge. What is milder than an error breaks no contract, and hides none. */
export function decisiveChecks(dialect: Dialect): Docket {
  let docket = known.get(dialect)
  if (!docket) {
    const { judged } = planChecks({ dialect, skip: ['latency'] })
    const decisive = judged.filter(({ severity }) => severity === 'error')
    known.set(dialect, (docket = new Docket(decisive, DEFAULT_LIMITS)))
  }
  return docket
}
