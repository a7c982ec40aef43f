/** What judges recordings, for wherever JavaScript runs: nothing here needs Node.js. */
export { SoundcheckError, type SoundcheckErrorCode } from '../endpoint/index.ts'
export { type Exchange, exchangeFromJson, type ExchangeJson } from '../wire/index.ts'
export { type LintReport, lintReportSchema } from './result/lint-report-schema.ts'
export { lint } from './run/lint.ts'
export { Linter, type LintOptions, type Saved } from './run/linter.ts'
