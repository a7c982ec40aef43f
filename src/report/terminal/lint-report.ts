import wrapAnsi from 'wrap-ansi'
import type { LintReport } from '../../conformance/index.ts'
import { escapeText } from '../escape-text.ts'
import { failureText } from './failure.ts'
import { mildestFirst } from './mildest-first.ts'
import { colorsOf, labelled, type TerminalStyle } from './style.ts'
import { summaryText, verdictWord } from './summary.ts'

/** The report of `lint`, for a reader at a terminal. */
export function lintReportText(report: LintReport, style: TerminalStyle): string {
  const colors = colorsOf(style)
  const say = (text: string) => wrapAnsi(text, style.width)
  const files = report.files.map(({ file, verdict, reasons, summary, checks }) =>
    [
      say(
        `${verdictWord(verdict, colors)}  ${colors.bold(escapeText(file))}  ${colors.dim(summaryText(summary))}`,
      ),
      ...reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
      ...mildestFirst(checks).map(
        (result) => `\n${failureText(result, style, { hideExchange: true })}`,
      ),
      '',
    ].join('\n'),
  )
  const count = `${report.files.length} ${report.files.length === 1 ? 'file' : 'files'}`
  const total = `${verdictWord(report.verdict, colors)}  ${count}, ${summaryText(report.summary)}`
  return [...files, say(total), ''].join('\n')
}
