import type { Check, Example, Requirement } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { judgedAnswers } from '../verdicts/judged-answers.ts'
import { type CheckInDialect, DIALECT_NAMES, inDialects, otherwise } from '../text/in-dialects.ts'
import { placeText } from '../text/place-text.ts'
import { excerptLines } from '../text/excerpt.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

/** Everything there is to say about one check, of which a dialect may have a definition of its own. */
export function checkPageText(
  definitions: readonly Check[],
  style: TerminalStyle,
  examples: Readonly<Record<string, Example>>,
): string {
  const colors = colorsOf(style)
  const [first, ...others] = inDialects(definitions)
  const { check, faults, dialect } = first!
  const { requirement, optIn } = check
  const say = (label: string, text: string) => labelled(label, text, 0, style)
  return [
    `${colors.bold(check.id)}  ${colors.dim(`${check.severity}, since ${check.since}${optIn === undefined ? '' : `, only with ${optIn}`}`)}`,
    check.title,
    '',
    ...requirementLines(requirement, style),
    say('effect', check.effect),
    say('fix', check.fix),
    say(
      'judges',
      judgedAnswers(check, (probes) => probes.join(', ')),
    ),
    ...(check.echoes ? [say('explains', check.echoes.join(', '))] : []),
    say('faults', inGroup(check, faults)),
    ...exampleLines(examples[dialect], style),
    ...(others.length === 0 ? [say('only in', DIALECT_NAMES[dialect]!)] : []),
    ...others.flatMap((other) => otherLines(first!, other, examples[other.dialect], style)),
    '',
  ].join('\n')
}

function requirementLines({ text, source, url, seenIn }: Requirement, style: TerminalStyle) {
  const say = (label: string, said: string) => labelled(label, said, 0, style)
  return [
    say('requires', text),
    say('source', `${source}: ${url}`),
    ...(seenIn === undefined ? [] : [say('seen in', seenIn)]),
  ]
}

/** What is otherwise in another dialect. */
function otherLines(
  first: CheckInDialect,
  other: CheckInDialect,
  example: Example | undefined,
  style: TerminalStyle,
): string[] {
  const { title, severity, requirement, effect, fix, faults } = otherwise(first, other)
  const say = (label: string, text: string | undefined) =>
    text === undefined ? [] : [labelled(label, text, 0, style)]
  const name = DIALECT_NAMES[other.dialect]!
  return [
    '',
    colorsOf(style).bold(`In ${name}${severity === undefined ? '' : `: ${severity}`}`),
    ...(title === undefined ? [] : [title]),
    ...(requirement === undefined ? [] : requirementLines(requirement, style)),
    ...say('effect', effect),
    ...say('fix', fix),
    ...say('faults', faults && inGroup(other.check, faults)),
    ...exampleLines(example, style),
  ]
}

/** As `serve --fault` takes them, and none of another check's. */
function inGroup({ id }: Check, faults: readonly string[]): string {
  return faults.map((name) => `${id.slice(0, id.indexOf('/'))}/${name}`).join(', ')
}

/** What the check says of one of its faults. */
function exampleLines(example: Example | undefined, style: TerminalStyle): string[] {
  if (!example) return []
  const { fault, finding } = example
  const { dim } = colorsOf(style)
  const evidence = excerptLines(finding, style.width - 12)
  return [
    labelled('example', `with ${fault}, ${placeText(finding)}:`, 0, style),
    labelled('', escapeText(finding.message), 0, style),
    ...evidence.map((line) => `${' '.repeat(12)}${dim(line)}`),
  ]
}
