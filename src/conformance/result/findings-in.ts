import type { Finding } from './check-result-schema.ts'
import type { LintReport } from './lint-report-schema.ts'

/** A finding, and whose it is. */
export interface CheckFinding {
  readonly check: string
  readonly finding: Finding
}

interface Findings {
  readonly files: readonly Pick<LintReport['files'][number], 'checks'>[]
}

/** What checks found that failed, in the order of the checks. */
export function findingsIn({ files }: Findings): CheckFinding[] {
  return files.flatMap(({ checks }) =>
    checks.flatMap(({ id, status, findings }) =>
      status === 'fail' ? findings.map((finding) => ({ check: id, finding })) : [],
    ),
  )
}
