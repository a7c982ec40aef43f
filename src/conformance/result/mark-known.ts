import type { MatchedFailure } from '../baseline/match-baseline.ts'
import type { CheckResult } from './check-result-schema.ts'

/** Says of each finding that the baseline accepts why it does. */
export function markKnown(result: CheckResult, baseline: readonly MatchedFailure[]): CheckResult {
  const known = new Map(
    baseline
      .filter(({ id, state }) => id === result.id && state === 'applies')
      .map(({ probe, reason }) => [probe, reason]),
  )
  if (known.size === 0) return result
  const findings = result.findings.map((finding) => {
    const reason = known.get(finding.probe)
    return reason === undefined ? finding : { ...finding, known: reason }
  })
  return { ...result, findings }
}
