import type { CheckResult, Finding } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { placeText, timesText } from '../text/place-text.ts'
import { type Scope, whereText } from '../verdicts/where-text.ts'
import { worstFinding } from '../verdicts/worst-finding.ts'
import { excerptLines } from '../text/excerpt.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

export interface FailureOptions {
  /** The command that repeats the request of a finding; the one in the report when absent. */
  readonly repeatCommand?: (finding: Finding) => string | null
  /** Leaves out where findings come from: the reader knows. */
  readonly hideExchange?: boolean
  /** All that the check could have failed on. */
  readonly scopes?: readonly Scope[]
}

/** Of what was seen, where there is no excerpt. */
const MAX_LINES = 3
/** Of what else was seen. */
const MAX_KINDS = 3
const MARK = { error: 'x', warning: '!', info: 'i' } as const

/** One failed check: what was seen, what is required, what breaks, how to fix and repeat it. */
export function failureText(
  result: CheckResult,
  style: TerminalStyle,
  options: FailureOptions = {},
): string {
  const { repeatCommand = ({ repeat }) => repeat, hideExchange = false, scopes = [] } = options
  const { id, severity, advice } = result
  const colors = colorsOf(style)
  const [first, others] = worstFinding(result)
  if (!first || !advice) return ''
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity]
  const say = (label: string, text: string) => labelled(label, escapeText(text), 2, style)
  const heading = `${paint(`${MARK[severity]} ${severity.padEnd(7)}`)} ${colors.bold(id)}  ${colors.dim(placeText(first, hideExchange))}`
  const command = repeatCommand(first)
  const also = alsoTexts(first, others, hideExchange ? undefined : scopes)
  return [
    ...wrapped(heading, 0, style),
    ...wrapped(escapeText(first.message) + timesText(first), 2, style),
    ...evidenceLines(first, style),
    say('requires', `${advice.requires} (${advice.source})`),
    say('effect', advice.effect),
    say('fix', advice.fix),
    // Never wrapped, so that it can be copied.
    ...(command === null ? [] : [`  ${colors.dim('repeat')}    ${escapeText(command)}`]),
    ...also.map((text) => say('also', text)),
  ].join('\n')
}

function evidenceLines(finding: Finding, style: TerminalStyle): string[] {
  const { dim } = colorsOf(style)
  const excerpt = excerptLines(finding, style.width - 4).map((line) => `    ${dim(line)}`)
  if (excerpt.length > 0) return excerpt
  if (finding.actual === null) return []
  const narrower = { ...style, width: style.width - 1 }
  const lines = wrapped(dim(escapeText(finding.actual)), 4, narrower)
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES - 1), lines[MAX_LINES - 1] + dim('…')]
    : lines
}

/** Other findings: where the same was seen, and what else was. Numbers do not make a difference. */
function alsoTexts(
  first: Finding,
  others: readonly Finding[],
  scopes: readonly Scope[] | undefined,
): string[] {
  const kindOf = ({ message }: Finding) => message.replaceAll(/\d+/g, '#')
  const { [kindOf(first)]: alike = [], ...kinds } = Object.groupBy(others, kindOf)
  const whereOf = (findings: readonly Finding[]) =>
    scopes &&
    whereText(
      findings.map(({ exchange }) => exchange),
      scopes,
    )
  const texts = Object.values(kinds).map((each = []) => {
    const where = whereOf(each)
    return where === undefined ? each[0]!.message : `${each[0]!.message} (${where})`
  })
  const left = texts.length > MAX_KINDS + 1 ? texts.length - MAX_KINDS : 0
  return [
    ...sameText(first, alike, scopes),
    ...texts.slice(0, texts.length - left),
    ...(left > 0 ? [`${left} other kinds; the JSON report has them all`] : []),
  ]
}

function sameText(
  first: Finding,
  alike: readonly Finding[],
  scopes: readonly Scope[] | undefined,
): string[] {
  if (!scopes) return alike.length > 0 ? [`${alike.length} more`] : []
  const elsewhere = alike.map(({ exchange }) => exchange).filter((each) => each !== first.exchange)
  if (elsewhere.length === 0) return alike.length > 0 ? [`${alike.length} more there`] : []
  const where = whereText([first.exchange, ...elsewhere], scopes)
  return [`in ${where.startsWith('every') ? where : whereText(elsewhere, [])}`]
}
