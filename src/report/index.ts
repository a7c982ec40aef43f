export { checksPage } from './markdown/checks-page.ts'
export { type BenchReporterName, benchReporters } from './bench-reporters.ts'
export { jsonText } from './text/json-text.ts'
export { outcomeOf } from './verdicts/outcome.ts'
export type { ReportContext } from './reporter.ts'
export type { Report } from './verdicts/suites.ts'
export { type ReporterName, reporters } from './reporters.ts'
export {
  type CallsComparison,
  callsComparisonText,
  type FindingsChange,
  type TimeChange,
} from './terminal/calls-comparison.ts'
export { capacityHeadText, capacityStepText, capacityText } from './terminal/capacity.ts'
export { locateInJson } from './text/locate-in-json.ts'
export { checkListText } from './terminal/check-list.ts'
export { checkPageText } from './terminal/check-page.ts'
export { checkReportText } from './terminal/check-report.ts'
export { failureText } from './terminal/failure.ts'
export { comparisonText } from './terminal/comparison.ts'
export { versusText } from './terminal/versus.ts'
export { lintReportText } from './terminal/lint-report.ts'
export { sweepHeadText, sweepStepText, sweepText } from './terminal/sweep.ts'
export type { TerminalStyle } from './terminal/style.ts'
