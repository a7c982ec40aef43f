import type { CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { reasonsFor } from '../verdicts/reasons-for.ts'
import { outcomeOf } from '../verdicts/outcome.ts'
import { placeText, timesText } from '../text/place-text.ts'
import type { ReportContext, Reporter } from '../reporter.ts'
import { type Suite, suitesOf } from '../verdicts/suites.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { worstFinding } from '../verdicts/worst-finding.ts'
import { worstFirst } from '../verdicts/worst-first.ts'

/**
 * Annotations for GitHub Actions, as workflow commands; the worst come first, since GitHub shows ten
 * of a kind. Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const github: Reporter = (report, context) => {
  const further = untoldText(report)
  return [
    ...suitesOf(report).flatMap((suite) => [
      ...worstFirst(suite.checks).map((result) => annotateFailure(result, suite, context)),
      ...reasonsFor('inconclusive', suite.checks).map(({ reason, ids }) =>
        command('notice', propertiesOf('inconclusive', suite), `${reason}: ${ids.join(', ')}`),
      ),
      ...suite.reasons.map((reason) =>
        command(
          suite.verdict === 'inconclusive' ? 'warning' : 'error',
          propertiesOf(suite.verdict, suite),
          reason,
        ),
      ),
      ...suite.warnings.map((text) => command('warning', propertiesOf('warning', suite), text)),
    ]),
    ...(further === undefined ? [] : [command('notice', NOT_LISTED, further)]),
    `${report.verdict.toUpperCase()} ${summaryText(report.summary)}`,
    '',
  ].join('\n')
}

const NOT_LISTED = { title: 'soundcheck: not listed' }

function annotateFailure(result: CheckResult, suite: Suite, context: ReportContext): string {
  const { id, severity, advice } = result
  const [finding] = worstFinding(result)
  if (!finding || !advice) return ''
  const isFatal = outcomeOf(result, context) === 'failed'
  const level = isFatal ? 'error' : severity === 'warning' ? 'warning' : 'notice'
  const lines = [
    `${finding.message}${timesText(finding)}`,
    placeText(finding),
    `effect: ${advice.effect}`,
    `fix: ${advice.fix}`,
  ]
  return command(level, propertiesOf(id, suite), ...lines)
}

function propertiesOf(title: string, { name, kind }: Suite): Record<string, string> {
  return { ...(kind === 'file' && { file: name }), title: `soundcheck: ${title}` }
}

function command(
  level: 'error' | 'warning' | 'notice',
  properties: Record<string, string>,
  ...lines: string[]
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
  return `::${level} ${given.join(',')}::${lines.map(escapeData).join('%0A')}`
}

/** Controls become visible, and cannot end the command; a percent sign would be decoded. */
function escapeData(text: string): string {
  return escapeText(text).replaceAll('%', '%25')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
