import type { Exchange } from '../../wire/index.ts'
import type { Check } from '../check/define-check.ts'
import { Evidence } from '../evidence/evidence.ts'
import { judge } from '../judge/judge.ts'
import { isProbeId } from '../probes/define-probe.ts'
import { planChecks } from './plan-checks.ts'

let known: readonly Check[] | undefined

/** Latency is for budgets to judge. What is milder than an error breaks no contract, and hides none. */
function decisiveChecks(): readonly Check[] {
  known ??= planChecks({ skip: ['latency'] }).judged.filter(({ severity }) => severity === 'error')
  return known
}

/**
 * Whether an exchange keeps the contract, however fast it was: what `lint` would say of it, without
 * the report, since benchmarks ask for each of their answers.
 */
export function keepsContract(exchange: Exchange): boolean {
  const probe = isProbeId(exchange.probe) ? exchange.probe : undefined
  const evidence = [Evidence.ofExchange(exchange)]
  const breaksIt = decisiveChecks().some((check) =>
    judge([check], [{ probe, evidence }])
      .get(check)
      ?.some(
        (judgement) =>
          judgement.status === 'observed' &&
          judgement.observations.some(({ severity }) => severity === 'error'),
      ),
  )
  evidence[0]!.forget()
  return !breaksIt
}
