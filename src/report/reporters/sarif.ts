import type { Log, Notification, ReportingDescriptor, Result } from 'sarif'
import type { CheckResult, Finding } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { jsonText } from '../text/json-text.ts'
import { checkAdvice } from '../markdown/check-advice.ts'
import { placeText, timesText } from '../text/place-text.ts'
import type { Reporter } from '../reporter.ts'
import { sarifMessage } from '../verdicts/sarif-message.ts'
import { type Suite, suitesOf } from '../verdicts/suites.ts'
import { untoldText } from '../verdicts/untold-text.ts'

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
/**
 * GitHub code scanning refuses a result without a file of the repository. A live endpoint has none:
 * its findings stand at the file that configures the run, and name the endpoint as logical location.
 */
const CONFIG_FILE = 'soundcheck.config.json'

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const

/**
 * SARIF 2.1.0: a rule for each check, a result for each finding.
 *
 * Only failures are results, since code scanning shows results of every kind as problems. What was
 * skipped or inconclusive is a notification of the run; a rule with neither has passed.
 */
export const sarif: Reporter = (report) => {
  const suites = suitesOf(report)
  const rules = rulesOf(suites)
  const further = untoldText(report)
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'soundcheck',
            informationUri: `https://www.npmjs.com/package/${report.tool.name}`,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: [...rules.values()],
          },
        },
        invocations: [
          {
            executionSuccessful: report.verdict !== 'inconclusive',
            startTimeUtc: report.startedAt,
            toolExecutionNotifications: [
              ...suites.flatMap(notificationsOf),
              ...(further === undefined
                ? []
                : [{ level: 'note' as const, message: sarifMessage(further) }]),
            ],
          },
        ],
        results: suites.flatMap((suite) => resultsOf(suite, [...rules.keys()])),
      },
    ],
  }
  return jsonText(log, 2)
}

/** The rules by id; help where a failure brings it. */
function rulesOf(suites: readonly Suite[]): Map<string, ReportingDescriptor> {
  const rules = new Map<string, ReportingDescriptor>()
  for (const result of suites.flatMap(({ checks }) => checks)) {
    if (!rules.has(result.id) || result.advice) rules.set(result.id, ruleOf(result))
  }
  return rules
}

function ruleOf({ id, title, severity, advice }: CheckResult): ReportingDescriptor {
  const [group = ''] = id.split('/')
  return {
    id,
    shortDescription: { text: title },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: [group] },
    ...(advice && {
      fullDescription: { text: advice.effect },
      help: { text: `${advice.effect} ${advice.fix}`, markdown: checkAdvice(advice) },
      helpUri: advice.url,
    }),
  }
}

function resultsOf({ name, kind, checks }: Suite, ruleIds: readonly string[]): Result[] {
  return checks.flatMap(({ id, findings }) =>
    findings.map((finding, i) => ({
      ...suppression(finding),
      ruleId: id,
      ruleIndex: ruleIds.indexOf(id),
      kind: 'fail' as const,
      level: LEVEL[finding.severity],
      message: sarifMessage(`${finding.message}${timesText(finding)} ${whereText(finding)}`),
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: kind === 'file' ? fileUri(name) : CONFIG_FILE },
            region: regionOf(finding, kind),
          },
          logicalLocations: [
            { fullyQualifiedName: escapeText(`${name} ${finding.exchange}`), kind: 'resource' },
          ],
        },
      ],
      // By what is wrong and where, never by bytes or times, which differ from run to run.
      partialFingerprints: {
        primaryLocationLineHash: `${id}:${finding.probe}:${ordinal(findings, i)}`,
      },
    })),
  )
}

/** A known failure stays in the log, with the reason why it does not count. */
function suppression({ known }: Finding): Pick<Result, 'suppressions'> {
  if (known === undefined) return {}
  return {
    suppressions: [{ kind: 'external', status: 'accepted', justification: escapeText(known) }],
  }
}

function whereText(finding: Finding): string {
  return `(${placeText(finding)}; expected ${finding.expected})`
}

/** A bare body is the file itself, so that its offsets are those of the file. */
function regionOf({ bytes, probe, exchange }: Finding, kind: Suite['kind']) {
  const isBody = kind === 'file' && probe === exchange
  if (!isBody || !bytes) return { startLine: 1 }
  const [start = 0, end = 0] = bytes
  return { startLine: 1, byteOffset: start, byteLength: end - start }
}

function ordinal(findings: readonly Finding[], index: number): number {
  const { probe } = findings[index]!
  return findings.slice(0, index + 1).filter((each) => each.probe === probe).length
}

function notificationsOf({ name, verdict, checks, reasons, warnings }: Suite): Notification[] {
  return [
    ...checks
      .filter(({ status }) => status === 'skip' || status === 'inconclusive')
      .map(({ id, status, reason }) => ({
        level: status === 'skip' ? ('note' as const) : ('warning' as const),
        associatedRule: { id },
        message: sarifMessage(`${status === 'skip' ? 'skipped' : 'inconclusive'}: ${reason ?? ''}`),
      })),
    ...reasons.map((reason) => ({
      level: 'error' as const,
      message: sarifMessage(`${name}: ${verdict}: ${reason}`),
    })),
    ...warnings.map((text) => ({
      level: 'warning' as const,
      message: sarifMessage(`${name}: ${text}`),
    })),
  ]
}

function fileUri(path: string): string {
  return path.toWellFormed().split(/[\\/]/).map(encodeURIComponent).join('/')
}
