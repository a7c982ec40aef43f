import type { CheckResult, Finding } from '../../conformance/index.ts'
import { placeText, timesText } from '../place-text.ts'
import { worstFinding } from '../worst-finding.ts'
import { checkAdvice } from './check-advice.ts'
import { codeBlock, prose } from './escape-markdown.ts'
import { findingEvidence } from './finding-evidence.ts'

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
    ...(finding.repeat === null ? [] : [details('Repeat it', codeBlock([finding.repeat], 'sh'))]),
  ].join('\n\n')
}

function othersMarkdown(others: readonly Finding[]): string {
  const lines = others.map(
    (finding) => `- ${prose(`${finding.message}${timesText(finding)} (${placeText(finding)})`)}`,
  )
  return details(
    `Seen ${others.length === 1 ? 'once' : `${others.length} times`} more`,
    lines.join('\n'),
  )
}

function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}
