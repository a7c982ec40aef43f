import type { CheckResult, Finding } from '../../conformance/index.ts'

/** The finding that shows a failure best, and the others. */
export function worstFinding({
  findings,
  severity,
}: CheckResult): [worst: Finding | undefined, others: readonly Finding[]] {
  const worst = findings.find((finding) => finding.severity === severity) ?? findings[0]
  return [worst, findings.filter((finding) => finding !== worst)]
}
