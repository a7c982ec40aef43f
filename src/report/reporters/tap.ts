import { stringify } from 'yaml'
import type { CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { outcomeOf } from '../verdicts/outcome.ts'
import { placeText } from '../text/place-text.ts'
import type { ReportContext, Reporter } from '../reporter.ts'
import { type Suite, suitesOf } from '../verdicts/suites.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { worstFinding } from '../verdicts/worst-finding.ts'

/**
 * TAP version 14, a test point for each check. Source: https://testanything.org/tap-version-14-specification.html
 *
 * A failure that does not fail the run is a TODO, which harnesses show and do not count. What fails
 * the run beside checks, such as a broken budget, is a point of its own.
 */
export const tap: Reporter = (report, context) => {
  const points = suitesOf(report).flatMap((suite) => suitePoints(suite, context))
  const further = untoldText(report)
  return [
    'TAP version 14',
    `1..${points.length}`,
    ...points.flatMap(({ ok, name, directive, diagnosis = {} }, i) => [
      `${ok ? 'ok' : 'not ok'} ${i + 1} - ${escapeTap(name)}${directive === undefined ? '' : ` # ${directive}`}`,
      ...yamlLines(diagnosis),
    ]),
    ...(further === undefined ? [] : [`# ${escapeText(further)}`]),
    `# ${report.verdict}: ${summaryText(report.summary)}`,
    '',
  ].join('\n')
}

interface Point {
  readonly ok: boolean
  readonly name: string
  readonly directive?: string
  readonly diagnosis?: Readonly<Record<string, string | number | readonly string[]>>
}

function suitePoints(suite: Suite, context: ReportContext): Point[] {
  const { name, kind, verdict, reasons, checks } = suite
  const prefix = kind === 'file' ? `${name}: ` : ''
  const points = checks.map((result) => checkPoint(result, prefix, context))
  if (reasons.length === 0) return points
  return [
    ...points,
    { ok: false, name: `${prefix}the run as a whole`, diagnosis: { verdict, reasons } },
  ]
}

function checkPoint(result: CheckResult, prefix: string, context: ReportContext): Point {
  const { id, title, severity, reason } = result
  const name = `${prefix}${id}: ${title}`
  const because = escapeTap(reason ?? '')
  switch (outcomeOf(result, context)) {
    case 'passed':
      return { ok: true, name }
    case 'skipped':
      return { ok: true, name, directive: `SKIP ${because}` }
    case 'inconclusive':
      return { ok: true, name, directive: `SKIP inconclusive: ${because}` }
    case 'tolerated': {
      const directive = `TODO of severity ${severity}, does not fail this run`
      return { ok: false, name, directive, diagnosis: diagnose(result) }
    }
    case 'failed':
      return { ok: false, name, diagnosis: diagnose(result) }
  }
}

function diagnose(result: CheckResult): NonNullable<Point['diagnosis']> {
  const [finding] = worstFinding(result)
  const { severity, advice, findings } = result
  if (!finding || !advice) return {}
  return {
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
}

/** A YAML block, indented by two; nothing for nothing. */
function yamlLines(diagnosis: NonNullable<Point['diagnosis']>): string[] {
  if (Object.keys(diagnosis).length === 0) return []
  const harmless = JSON.parse(JSON.stringify(diagnosis), (_, value: unknown) =>
    typeof value === 'string' ? escapeText(value) : value,
  )
  const yaml = stringify(harmless, { lineWidth: 0 })
  return ['---', ...yaml.trimEnd().split('\n'), '...'].map((line) => `  ${line}`)
}

/** A hash would start a directive; a backslash escapes it. */
function escapeTap(text: string): string {
  return escapeText(text).replaceAll(/[\\#]/g, '\\$&')
}
