import type { LintReport } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { plural } from '../plural.ts'
import { summaryText } from '../summary-text.ts'
import { worstFirst } from '../worst-first.ts'
import { failureText } from './failure.ts'
import { colorsOf, labelled, type TerminalStyle } from './style.ts'
import { verdictWord } from './verdict-word.ts'
import { wrapped } from './wrapped.ts'

/** The report of `lint`, for a reader at a terminal. */
export function lintReportText(report: LintReport, style: TerminalStyle): string {
  const colors = colorsOf(style)
  const files = report.files.map(({ file, verdict, reasons, summary, checks }) =>
    [
      ...wrapped(
        `${verdictWord(verdict, colors)}  ${colors.bold(escapeText(file))}  ${colors.dim(summaryText(summary))}`,
        0,
        style,
      ),
      ...reasons.map((reason) => labelled('because', escapeText(reason), 2, style)),
      // A terminal is read from its end.
      ...worstFirst(checks)
        .toReversed()
        .map((result) => `\n${failureText(result, style, { hideExchange: true })}`),
      '',
    ].join('\n'),
  )
  const count = plural(report.files.length, 'file')
  const total = `${verdictWord(report.verdict, colors)}  ${count}, ${summaryText(report.summary)}`
  return [...files, ...wrapped(total, 0, style), ''].join('\n')
}
