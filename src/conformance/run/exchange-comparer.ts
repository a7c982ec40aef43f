import { type Redactor, redactorFor } from '../../endpoint/index.ts'
import { type Dialect, spokenIn } from '../../protocol/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Check } from '../check/define-check.ts'
import { DEFAULT_LIMITS } from '../check/limits.ts'
import { Evidence } from '../evidence/evidence.ts'
import { conclude } from '../judge/conclude.ts'
import { judge } from '../judge/judge.ts'
import { type CheckFinding, findingsIn } from '../result/findings-in.ts'
import type { CheckResult } from '../result/check-result-schema.ts'
import { toCheckResult } from '../result/to-check-result.ts'
import { perDialect } from './per-dialect.ts'
import { dialectOf, type Plan, planChecks, type Policy } from './plan-checks.ts'

/** How an exchange ends that was seen to its end. */
const SEEN: ReadonlySet<string> = new Set(['complete', 'failed'])

/**
 * Finds what shows only beside each other in calls of one endpoint, such as those of one conversation.
 * Nobody arranged them, so all of it is worth knowing, and none a failure.
 *
 * What the policy tells beforehand is known once, for however many are compared by it.
 */
export class ExchangeComparer {
  readonly #checksFor: (dialect: Dialect) => ComparingChecks

  /** @throws SoundcheckError for a policy that makes no sense. */
  constructor(policy: Policy = {}) {
    this.#checksFor = perDialect((dialect) => comparingOf(planChecks({ ...policy, dialect })))
    this.#checksFor(dialectOf(policy))
  }

  /** Takes calls in the order in which they began. */
  compare(exchanges: readonly Exchange[]): CheckFinding[] {
    const latest = exchanges.at(-1)
    if (!latest) return []
    const dialect = spokenIn(latest)
    const checks = this.#checksFor(dialect)
    const alike = exchanges.filter((each) => spokenIn(each) === dialect)
    const evidence = alike.map((each) => Evidence.ofExchange(each, undefined, dialect))
    const finished = evidence.filter(({ exchange }) => SEEN.has(exchange!.end.how))
    const redact = redactorFor(latest.request)
    const results = [
      ...compared(checks.finished, finished, redact),
      ...compared(checks.interrupted, evidence, redact),
    ]
    // The next comparison reads anew; meanwhile nobody does.
    for (const each of evidence) each.forget()
    return findingsIn({ files: [{ checks: results }] })
  }
}

/** Checks that compare, by which calls they may see. */
type ComparingChecks = Readonly<Record<NonNullable<Check['holdsAmongCalls']>, readonly Check[]>>

function comparingOf({ judged }: Plan): ComparingChecks {
  const among = (calls: keyof ComparingChecks) =>
    judged
      .filter(({ holdsAmongCalls }) => holdsAmongCalls === calls)
      .map(({ inspect: _, ...check }): Check => ({ ...check, probes: 'every', severity: 'info' }))
  return { finished: among('finished'), interrupted: among('interrupted') }
}

function compared(
  checks: readonly Check[],
  evidence: readonly Evidence[],
  redact: Redactor,
): CheckResult[] {
  const judgements = judge(checks, [{ probe: undefined, evidence }], DEFAULT_LIMITS)
  return checks.map((check) => toCheckResult(conclude(check, judgements.get(check)!), redact))
}
