import type { Reporter } from '../reporter.ts'
import { checkReportText } from '../terminal/check-report.ts'
import { lintReportText } from '../terminal/lint-report.ts'

/** Plain or coloured text, for a reader at a terminal. */
export const terminal: Reporter = (report, { style, repeatCommand }) =>
  'files' in report
    ? lintReportText(report, style)
    : checkReportText(report, style, repeatCommand && { repeatCommand })
