import type { Exchange } from '../../wire/index.ts'
import { Evidence } from '../evidence/evidence.ts'
import { judge } from '../judge/judge.ts'
import { isProbeId } from '../probe-ids.ts'
import { decisiveChecks } from './decisive-checks.ts'

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
