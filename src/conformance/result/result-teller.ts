import type { Redactor } from '../../endpoint/index.ts'
import type { Conclusion } from '../judge/conclude.ts'
import type { CheckResult } from './check-result-schema.ts'
import { toCheckResult } from './to-check-result.ts'

/** Says in a report what became of one check. */
export type ResultTeller = (conclusion: Conclusion, redact: Redactor) => CheckResult

/**
 * Makes a teller for many reports. Where they say the same as the ones before, without a finding, they
 * share it: most of what they say is that.
 */
export function resultTeller(): ResultTeller {
  const latest = new Map<Conclusion['status'], CheckResult>()
  return (conclusion, redact) => {
    const { status } = conclusion
    if (status === 'fail' || status === 'broken') return toCheckResult(conclusion, redact)
    const { reason } = conclusion
    const known = latest.get(status)
    if (known && known.reason === (reason === undefined ? null : redact.text(reason))) return known
    const result = toCheckResult(conclusion, redact)
    latest.set(status, result)
    return result
  }
}
