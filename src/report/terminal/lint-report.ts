import type { LintReport } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { mergeFiles } from '../verdicts/merge-files.ts'
import { plural } from '../text/plural.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { whereText } from '../verdicts/where-text.ts'
import { worstFirst } from '../verdicts/worst-first.ts'
import { failureText } from './failure.ts'
import { fixFirstLine } from './fix-first-line.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { verdictWord } from './verdict-word.ts'
import { wrapped } from './wrapped.ts'

type File = LintReport['files'][number]

/** The report of `lint`, for a reader at a terminal: by check, with the files in which it failed. */
export function lintReportText(report: LintReport, style: TerminalStyle): string {
  const { files, untold, verdict, summary } = report
  const colors = colorsOf(style)
  const total = files.length + (untold?.files ?? 0)
  const hideExchange = total === 1
  const judged = files.filter(({ checks }) => checks.length > 0)
  const names = new Set(judged.map(({ file }) => file))
  const checks = mergeFiles(files)
  const what = hideExchange ? escapeText(files[0]!.file) : plural(total, 'file')
  const further = untoldText(report)
  return [
    // A terminal is read from its end.
    ...worstFirst(checks)
      .toReversed()
      .map((result) => {
        // Of what is not listed, nobody can say that it is every one.
        const scopes = untold ? [] : [{ noun: 'file', names } as const]
        return `${failureText(result, style, { hideExchange, scopes })}\n`
      }),
    ...(hideExchange ? [] : [...verdictLines(files, style)]),
    ...(further === undefined ? [] : [labelled('further', escapeText(further), 2, style)]),
    ...(hideExchange ? [] : ['']),
    ...wrapped(
      `${verdictWord(verdict, colors)}  ${colors.bold(what)}, ${summaryText(summary)}`,
      0,
      style,
    ),
    ...reasonLines(files, style),
    ...fixFirstLine(checks, style),
    '',
  ].join('\n')
}

/** How many files came to which verdict, and which those are that did not pass. */
function verdictLines(files: readonly File[], style: TerminalStyle): string[] {
  return [...Map.groupBy(files, ({ verdict }) => verdict)].map(([verdict, each]) => {
    const names =
      verdict === 'pass'
        ? ''
        : `: ${whereText(
            each.map(({ file }) => file),
            [],
          )}`
    return labelled(verdict, escapeText(plural(each.length, 'file') + names), 2, style)
  })
}

const MAX_REASONS = 10

/** Why files were not judged, or not as their failures alone would have it: each reason once. */
function reasonLines(files: readonly File[], style: TerminalStyle): string[] {
  const reasons = [...new Set(files.flatMap((each) => each.reasons))]
  const left = reasons.length > MAX_REASONS + 1 ? reasons.length - MAX_REASONS : 0
  const told = reasons.slice(0, reasons.length - left)
  return [...told, ...(left > 0 ? [`${left} further reasons`] : [])].map((reason) =>
    labelled('because', escapeText(reason), 2, style),
  )
}
