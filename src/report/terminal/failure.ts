import wrapAnsi from 'wrap-ansi'
import type { CheckResult, Finding } from '../../conformance/index.ts'
import { escapeText } from '../escape-text.ts'
import { excerptLines } from './excerpt.ts'
import { type Colors, colorsOf, labelled, type TerminalStyle } from './style.ts'

/** Where the body of a request lies, which a command can then name; `undefined` to write it out. */
export type RequestFile = (probe: string, exchange: number) => string | undefined

const MARK = { error: 'x', warning: '!', info: 'i' } as const

/** Tells one failed check: what was seen, what is required, what breaks, how to mend and repeat it. */
export function failureText(
  { id, findings, advice }: CheckResult,
  style: TerminalStyle,
  requestFile: RequestFile = () => undefined,
): string {
  const colors = colorsOf(style)
  const { width } = style
  const [first, ...others] = worstFirst(findings)
  if (!first || !advice) return ''
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[first.severity]
  const say = (label: string, text: string) => labelled(label, escapeText(text), 2, style)
  return [
    `${paint(`${MARK[first.severity]} ${first.severity.padEnd(7)}`)} ${colors.bold(id)}  ${colors.dim(placeOf(first))}`,
    ...wrapped(escapeText(first.message) + timesText(first), 2, width),
    ...evidenceLines(first, colors, width),
    say('requires', `${advice.requires} (${advice.source})`),
    say('effect', advice.effect),
    say('fix', advice.fix),
    ...repeatLine(first, requestFile, colors),
    ...(others.length > 0 ? [say('also', alsoText(first, others))] : []),
  ].join('\n')
}

function evidenceLines(finding: Finding, colors: Colors, width: number): string[] {
  const excerpt = excerptLines(finding, width - 4).map((line) => `    ${colors.dim(line)}`)
  if (excerpt.length > 0) return excerpt
  if (finding.actual === null) return []
  return wrapped(colors.dim(escapeText(finding.actual)), 4, width).slice(0, 3)
}

/** The command is never wrapped, so that it can be copied. */
function repeatLine(
  { probe, exchange, repeat }: Finding,
  requestFile: RequestFile,
  colors: Colors,
): string[] {
  if (repeat === null) return []
  const file = requestFile(probe, exchange)
  const body = repeat.indexOf(" -d '")
  const command = file === undefined || body < 0 ? repeat : `${repeat.slice(0, body)} -d @${file}`
  return [`  ${colors.dim('repeat')}    ${escapeText(command)}`]
}

function alsoText(first: Finding, others: readonly Finding[]): string {
  const byMessage = Map.groupBy(others, ({ message }) => message)
  return [...byMessage]
    .map(([message, each]) => {
      const where = [...new Set(each.map(({ probe }) => probe))].join(', ')
      return message === first.message ? `in ${where}` : `${message} (${where})`
    })
    .join('; ')
}

function timesText({ count }: Finding): string {
  return count > 1 ? ` (${count} times)` : ''
}

function placeOf({ probe, exchange, event, bytes, atMs }: Finding): string {
  return [
    escapeText(exchange > 1 ? `${probe}-${exchange}` : probe),
    ...(event === null ? [] : [`event ${event}`]),
    ...(bytes === null ? [] : [`bytes ${bytes[0]}-${bytes[1]}`]),
    ...(atMs === null ? [] : [`+${Math.round(atMs)} ms`]),
  ].join(', ')
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  const order = ['error', 'warning', 'info']
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}

function wrapped(text: string, indent: number, width: number): string[] {
  return wrapAnsi(text, width - indent, { hard: true })
    .split('\n')
    .map((line) => ' '.repeat(indent) + line)
}
