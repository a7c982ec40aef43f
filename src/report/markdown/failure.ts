import type { CheckResult, Finding } from '../../conformance/index.ts'
import { placeText, timesText } from '../text/place-text.ts'
import { worstFinding } from '../verdicts/worst-finding.ts'
import { checkAdvice } from './check-advice.ts'
import { codeBlock, prose } from './escape-markdown.ts'
import { findingEvidence } from './finding-evidence.ts'

const MAX_OTHERS = 10
const MAX_COMMAND = 4_000

/** One failed check: what was seen, what is required, what breaks, how to fix and repeat it. */
export function failureMarkdown(result: CheckResult): string {
  const { id, severity, title, advice } = result
  const [finding, others] = worstFinding(result)
  if (!finding || !advice) return ''
  return [
    `### ${severity}: ${id}`,
    `${prose(title)}.`,
    `**${prose(finding.message)}**${timesText(finding)} ${prose(`(${placeText(finding)})`)}`,
    ...findingEvidence(finding),
    checkAdvice(advice),
    ...(others.length > 0 ? [othersMarkdown(others)] : []),
    ...(finding.repeat === null ? [] : [repeatMarkdown(finding.repeat)]),
  ].join('\n\n')
}

function othersMarkdown(others: readonly Finding[]): string {
  const lines = others
    .slice(0, MAX_OTHERS)
    .map(
      (finding) => `- ${prose(`${finding.message}${timesText(finding)} (${placeText(finding)})`)}`,
    )
  const left = others.length - lines.length
  return details(
    `Seen ${others.length === 1 ? 'once' : `${others.length} times`} more`,
    [...lines, ...(left > 0 ? [`- and ${left} more, which the JSON report has`] : [])].join('\n'),
  )
}

/** A history of a whole call would take the place of all other failures. */
function repeatMarkdown(command: string): string {
  return command.length > MAX_COMMAND
    ? `The command that repeats it has ${command.length} characters: the JSON report has it, and \`check --save\` keeps the request.`
    : details('Repeat it', codeBlock([command], 'sh'))
}

function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}
