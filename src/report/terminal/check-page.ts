import type { Check, Example } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { judgedAnswers } from '../verdicts/judged-answers.ts'
import { faultNames } from '../text/fault-names.ts'
import { placeText } from '../text/place-text.ts'
import { excerptLines } from '../text/excerpt.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

/** Everything there is to say about one check. */
export function checkPageText(
  check: Check,
  style: TerminalStyle,
  example: Example | undefined,
): string {
  const colors = colorsOf(style)
  const { requirement, optIn } = check
  const say = (label: string, text: string) => labelled(label, text, 0, style)
  return [
    `${colors.bold(check.id)}  ${colors.dim(`${check.severity}, since ${check.since}${optIn === undefined ? '' : `, only with ${optIn}`}`)}`,
    check.title,
    '',
    say('requires', requirement.text),
    say('source', `${requirement.source}: ${requirement.url}`),
    ...(requirement.seenIn === undefined ? [] : [say('seen in', requirement.seenIn)]),
    say('effect', check.effect),
    say('fix', check.fix),
    say(
      'judges',
      judgedAnswers(check, (probes) => probes.join(', ')),
    ),
    ...(check.echoes ? [say('explains', check.echoes.join(', '))] : []),
    say('faults', fullFaultNames(check).join(', ')),
    ...(example ? exampleLines(example, style) : []),
    '',
  ].join('\n')
}

/** As `serve --fault` takes them, and none of another check's. */
function fullFaultNames(check: Check): string[] {
  const group = check.id.slice(0, check.id.indexOf('/'))
  return faultNames(check).map((name) => `${group}/${name}`)
}

/** What the check says of one of its faults. */
function exampleLines({ fault, finding }: Example, style: TerminalStyle): string[] {
  const { dim } = colorsOf(style)
  const evidence = excerptLines(finding, style.width - 12)
  return [
    labelled('example', `with ${fault}, ${placeText(finding)}:`, 0, style),
    labelled('', escapeText(finding.message), 0, style),
    ...evidence.map((line) => `${' '.repeat(12)}${dim(line)}`),
  ]
}
