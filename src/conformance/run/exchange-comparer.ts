import { redactorFor } from '../../endpoint/index.ts'
import { spokenIn } from '../../protocol/index.ts'
import type { Exchange } from '../../wire/index.ts'
import { DEFAULT_LIMITS } from '../check/limits.ts'
import { Evidence } from '../evidence/evidence.ts'
import { conclude } from '../judge/conclude.ts'
import { judge } from '../judge/judge.ts'
import { type CheckFinding, findingsIn } from '../result/findings-in.ts'
import { toCheckResult } from '../result/to-check-result.ts'
import { planChecks, type Policy } from './plan-checks.ts'

/** How an exchange ends that was seen to its end. */
const SEEN: ReadonlySet<string> = new Set(['complete', 'failed'])

/**
 * What shows only beside each other in calls of one endpoint, such as those of one conversation, in the
 * order in which they began. Nobody arranged them, so all of it is worth knowing, and none a failure.
 *
 * @throws SoundcheckError for a policy that makes no sense.
 */
export function compareExchanges(
  exchanges: readonly Exchange[],
  policy: Policy = {},
): CheckFinding[] {
  const latest = exchanges.at(-1)
  if (!latest) return []
  const dialect = spokenIn(latest)
  const { judged } = planChecks({ ...policy, dialect })
  const alike = exchanges.filter((each) => spokenIn(each) === dialect)
  const evidence = alike.map((each) => Evidence.ofExchange(each, undefined, dialect))
  const among = {
    finished: evidence.filter(({ exchange }) => SEEN.has(exchange!.end.how)),
    interrupted: evidence,
  }
  const redact = redactorFor(latest.request)
  const results = Object.entries(among).flatMap(([calls, seen]) => {
    const checks = judged
      .filter(({ holdsAmongCalls }) => holdsAmongCalls === calls)
      .map(({ inspect: _, ...check }) => ({
        ...check,
        probes: 'every' as const,
        severity: 'info' as const,
      }))
    const judgements = judge(checks, [{ probe: undefined, evidence: seen }], DEFAULT_LIMITS)
    return checks.map((check) => toCheckResult(conclude(check, judgements.get(check)!), redact))
  })
  // The next comparison reads anew; meanwhile nobody does.
  for (const each of evidence) each.forget()
  return findingsIn({ files: [{ checks: results }] })
}
