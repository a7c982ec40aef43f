import { stringify } from 'yaml'
import type { CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../escape-text.ts'
import { outcomeOf } from '../outcome.ts'
import { placeText } from '../place-text.ts'
import type { ReportContext, Reporter } from '../reporter.ts'
import { suitesOf } from '../suites.ts'
import { summaryText } from '../summary-text.ts'
import { worstFinding } from '../worst-finding.ts'

/**
 * TAP version 14, a test point for each check. Source: https://testanything.org/tap-version-14-specification.html
 *
 * A failure too mild to fail the run is a TODO, which harnesses show and do not count. An
 * inconclusive run bails out: it has shown nothing.
 */
export const tap: Reporter = (report, context) => {
  const suites = suitesOf(report)
  const points = suites.flatMap(({ name, kind, checks }) =>
    checks.map((result) => ({ result, prefix: kind === 'file' ? `${name}: ` : '' })),
  )
  const reasons = suites.flatMap((suite) => suite.reasons)
  return [
    'TAP version 14',
    `1..${points.length}`,
    ...points.flatMap(({ result, prefix }, i) => pointLines(result, i + 1, prefix, context)),
    `# ${report.verdict}: ${summaryText(report.summary)}`,
    ...(report.verdict === 'inconclusive'
      ? [`Bail out! inconclusive: ${reasons.map(escapeText).join('; ')}`]
      : []),
    '',
  ].join('\n')
}

function pointLines(
  result: CheckResult,
  number: number,
  prefix: string,
  context: ReportContext,
): string[] {
  const { id, title, severity, reason } = result
  const name = `${number} - ${escapeTap(`${prefix}${id}: ${title}`)}`
  const because = escapeTap(reason ?? '')
  switch (outcomeOf(result, context)) {
    case 'passed':
      return [`ok ${name}`]
    case 'skipped':
      return [`ok ${name} # SKIP ${because}`]
    case 'inconclusive':
      return [`ok ${name} # SKIP inconclusive: ${because}`]
    case 'tolerated':
      return [
        `not ok ${name} # TODO of severity ${severity}, which does not fail this run`,
        ...diagnosis(result),
      ]
    case 'failed':
      return [`not ok ${name}`, ...diagnosis(result)]
  }
}

/** A YAML block, indented by two. */
function diagnosis(result: CheckResult): string[] {
  const [finding] = worstFinding(result)
  const { severity, advice, findings } = result
  if (!finding || !advice) return []
  const told = {
    message: finding.message,
    severity,
    at: placeText(finding),
    expected: finding.expected,
    ...(finding.actual !== null && { actual: finding.actual }),
    requires: advice.requires,
    source: advice.url,
    effect: advice.effect,
    fix: advice.fix,
    findings: findings.length,
  }
  const harmless = Object.entries(told).map(([key, value]) => [
    key,
    typeof value === 'string' ? escapeText(value) : value,
  ])
  const yaml = stringify(Object.fromEntries(harmless), { lineWidth: 0 })
  return ['---', ...yaml.trimEnd().split('\n'), '...'].map((line) => `  ${line}`)
}

/** A hash would start a directive; a backslash escapes it. */
function escapeTap(text: string): string {
  return escapeText(text).replaceAll(/[\\#]/g, '\\$&')
}
