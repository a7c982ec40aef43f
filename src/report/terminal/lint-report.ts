import type { LintReport } from '../../conformance/index.ts'
import { escapeText } from '../escape-text.ts'
import { failed, summaryText, verdictWord } from './check-report.ts'
import { failureText } from './failure.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

/** The report of `lint`, for a reader at a terminal. */
export function lintReportText(report: LintReport, style: TerminalStyle): string {
  const colors = colorsOf(style)
  const files = report.files.map(({ file, verdict, summary, checks }) => {
    const head = `${verdictWord(verdict, colors)}  ${colors.bold(escapeText(file))}  ${colors.dim(summaryText(summary))}`
    return [head, ...failed(checks).map((result) => `\n${failureText(result, style)}\n`)].join('\n')
  })
  const verdict = verdictWord(report.verdict, colors)
  const count = `${report.files.length} ${report.files.length === 1 ? 'file' : 'files'}`
  return [...files, '', `${verdict}  ${count}, ${summaryText(report.summary)}`, ''].join('\n')
}
