export { CannotRunError } from './cannot-run.ts'
export type { Check, Observation, Severity } from './check.ts'
export { check, type CheckOptions, type Progress } from './check-endpoint.ts'
export { checks } from './checks/index.ts'
export { InvalidOptionError } from './invalid-option.ts'
export { requestFixtureSchema } from './request-fixture.ts'
export { lint, type LintOptions, type Saved } from './lint.ts'
export {
  type CheckReport,
  checkReportSchema,
  type CheckResult,
  type Finding,
  type LintReport,
  lintReportSchema,
  type Summary,
  type Verdict,
} from './report-schema.ts'
