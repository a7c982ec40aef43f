import type { Severity } from '../check/severity.ts'
import type { CheckResult } from './check-result-schema.ts'
import type { Summary } from './summary-schema.ts'

/** Counts results by status, and failures by severity. */
export function summarize(results: readonly CheckResult[]): Summary {
  const having = (status: CheckResult['status']) =>
    results.filter((result) => result.status === status).length
  const failing = (severity: Severity) =>
    results.filter((result) => result.status === 'fail' && result.severity === severity).length
  return {
    pass: having('pass'),
    fail: having('fail'),
    skip: having('skip'),
    inconclusive: having('inconclusive'),
    errors: failing('error'),
    warnings: failing('warning'),
    infos: failing('info'),
  }
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
