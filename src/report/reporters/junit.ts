import { create } from 'xmlbuilder'
import type { CheckResult } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { outcomeOf } from '../verdicts/outcome.ts'
import type { ReportContext, Reporter } from '../reporter.ts'
import { type Suite, suitesOf } from '../verdicts/suites.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { failureText } from '../terminal/failure.ts'

type Context = Pick<ReportContext, 'failOn'>

/**
 * JUnit XML: a suite for each endpoint or file, a case for each check. It satisfies the schema that
 * Jenkins publishes, in which `skipped` has no attributes, so reasons are its text.
 *
 * A failure that does not fail the run is told in `system-out`, and a check without a verdict is
 * `skipped`. What fails the run beside checks, such as a broken budget, is a case of its own.
 */
export const junit: Reporter = (report, context) => {
  const suites = suitesOf(report)
  const time = seconds(report.durationMs)
  const timestamp = report.startedAt.slice(0, 19)
  const further = untoldText(report)
  const document = create(
    {
      testsuites: {
        '@name': 'soundcheck',
        '@time': time,
        testsuite: [
          ...suites.map((suite) => ({
            ...suiteOf(suite, context),
            '@timestamp': timestamp,
            ...(suites.length === 1 && { '@time': time }),
          })),
          ...(further === undefined ? [] : [{ ...unlisted(further), '@timestamp': timestamp }]),
        ],
      },
    },
    { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' },
  )
  return `${document.end({ pretty: true })}\n`
}

function suiteOf(suite: Suite, context: Context): object {
  const { name, checks, warnings } = suite
  const cases = [...checks.map((result) => caseOf(result, context)), ...verdictCase(suite)]
  const having = (element: string) => cases.filter((each) => element in each).length
  return {
    '@name': escapeText(name),
    '@tests': cases.length,
    '@failures': having('failure'),
    '@errors': having('error'),
    '@skipped': having('skipped'),
    testcase: cases,
    ...(warnings.length > 0 && { 'system-err': warnings.map(escapeText).join('\n') }),
  }
}

/** A suite without a case: what is counted, and not listed. */
function unlisted(further: string): object {
  return {
    '@name': 'further files',
    '@tests': 0,
    '@failures': 0,
    '@errors': 0,
    '@skipped': 0,
    'system-out': escapeText(further),
  }
}

function caseOf(result: CheckResult, context: Context): object {
  const { id, title, severity, reason, findings } = result
  const [group] = id.split('/')
  const common = { '@classname': group, '@name': `${id}: ${title}` }
  const because = escapeText(reason ?? '')
  switch (outcomeOf(result, context)) {
    case 'passed':
      return { ...common, ...(because !== '' && { 'system-out': because }) }
    case 'skipped':
      return { ...common, skipped: because }
    case 'inconclusive':
      return { ...common, skipped: `inconclusive: ${because}` }
    case 'tolerated':
      return { ...common, 'system-out': failureText(result, PLAIN, BRIEF) }
    case 'failed':
      return {
        ...common,
        failure: {
          '@type': severity,
          '@message': escapeText(findings[0]?.message ?? ''),
          '#text': failureText(result, PLAIN, BRIEF),
        },
      }
  }
}

function verdictCase({ verdict, reasons }: Suite): object[] {
  if (reasons.length === 0) return []
  const trouble = { '@type': verdict, '@message': reasons.map(escapeText).join('; ') }
  const common = { '@classname': 'soundcheck', '@name': 'the run as a whole' }
  return [{ ...common, [verdict === 'inconclusive' ? 'error' : 'failure']: trouble }]
}

const PLAIN = { width: 100, color: false }
/** The command holds a whole request. */
const BRIEF = { repeatCommand: () => null }

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
