import type { CheckResult } from './check-result-schema.ts'
import type { Summary } from './summary-schema.ts'

const TALLIED = { error: 'errors', warning: 'warnings', info: 'infos' } as const

/** Counts results by status, and failures by severity. */
export function summarize(results: readonly CheckResult[]): Summary {
  const summary = { pass: 0, fail: 0, skip: 0, inconclusive: 0, errors: 0, warnings: 0, infos: 0 }
  for (const { status, severity } of results) {
    summary[status]++
    if (status === 'fail') summary[TALLIED[severity]]++
  }
  return summary
}

export function addSummaries(summaries: readonly Summary[]): Summary {
  const total = (count: keyof Summary) =>
    summaries.reduce((sum, summary) => sum + summary[count], 0)
  return {
    pass: total('pass'),
    fail: total('fail'),
    skip: total('skip'),
    inconclusive: total('inconclusive'),
    errors: total('errors'),
    warnings: total('warnings'),
    infos: total('infos'),
  }
}
