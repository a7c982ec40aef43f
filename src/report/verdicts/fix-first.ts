import type { CheckResult } from '../../conformance/index.ts'
import { worstFirst } from './worst-first.ts'

/** What to mend before all else, and how: the worst failure that nobody knew of. */
export function fixFirst(checks: readonly CheckResult[]): string | undefined {
  const first = worstFirst(checks).find(
    ({ severity, findings }) =>
      severity !== 'info' && findings.some(({ known }) => known === undefined),
  )
  return first?.advice ? `${first.id}: ${first.advice.fix}` : undefined
}
