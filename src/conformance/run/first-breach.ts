import type { Exchange } from '../../wire/index.ts'
import { Evidence } from '../evidence/evidence.ts'
import { judge } from '../judge/judge.ts'
import { decisiveChecks } from './decisive-checks.ts'

/** The first check that an exchange fails, and what that saw, in a line; `null` where it keeps the contract. */
export function firstBreach(exchange: Exchange): string | null {
  const evidence = Evidence.ofExchange(exchange)
  const judged = judge(decisiveChecks(), [{ probe: undefined, evidence: [evidence] }])
  evidence.forget()
  for (const [{ id }, judgements] of judged) {
    for (const judgement of judgements) {
      if (judgement.status !== 'observed') continue
      const worst = judgement.observations.find(({ severity }) => severity === 'error')
      if (worst) return `${id}: ${worst.message} ${worst.actual ?? ''}`.trimEnd()
    }
  }
  return null
}
