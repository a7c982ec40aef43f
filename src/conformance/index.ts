export {
  type Exchange,
  exchangeFromJson,
  type ExchangeJson,
  exchangeToJson,
} from '../wire/index.ts'
export { shownUrl, SoundcheckError, type SoundcheckErrorCode, TOOL } from '../endpoint/index.ts'
export type { Check, Observation, Requirement } from './check/define-check.ts'
export type { Severity } from './check/severity.ts'
export { mutantsOf } from './check/mutants-of.ts'
export { checks, checksFor } from './checks/index.ts'
export { findFault } from './find-fault.ts'
export { PROFILE_IDS, type Profile, type ProfileId } from './profiles/define-profile.ts'
export { profiles } from './profiles/index.ts'
export { usualApiType } from './run/usual-api-type.ts'
export type { Recording } from './probes/replay.ts'
export {
  requestBodySchema,
  requestFixtureSchema,
  type RequestFixture,
} from './probes/request-fixture.ts'
export type { ProbeId } from './probe-ids.ts'
export { type Baseline, baselineSchema, type KnownFailure } from './baseline/baseline-schema.ts'
export {
  type CheckReport,
  checkReportSchema,
  type ExchangeSummary,
} from './result/check-report-schema.ts'
export type { CheckResult, Finding } from './result/check-result-schema.ts'
export { type CheckFinding, findingsIn } from './result/findings-in.ts'
export { curl } from './result/curl.ts'
export { type Example, type Examples, examplesSchema } from './result/examples-schema.ts'
export { type LintReport, lintReportSchema } from './result/lint-report-schema.ts'
export { countFiles } from './result/untold.ts'
export type { Summary } from './result/summary-schema.ts'
export { check, checksOf } from './run/check.ts'
export type { CheckOptions } from './run/check-options.ts'
export { firstBreach } from './run/first-breach.ts'
export { lint } from './run/lint.ts'
export { Linter, type LintOptions, type Saved } from './run/linter.ts'
export { joinLintReports } from './run/join-lint-reports.ts'
export { ExchangeComparer } from './run/exchange-comparer.ts'
export { lintInSlices } from './run/lint-in-slices.ts'
export type { CostEstimate } from './run/estimate-cost.ts'
export type { Progress } from './run/run-probes.ts'
export type { Verdict } from './judge/verdict-of.ts'
