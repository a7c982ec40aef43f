import { beforeAll, describe, test, type TestContext } from 'vitest'
import {
  check,
  type CheckOptions,
  type CheckReport,
  type CheckResult,
  checksOf,
  shownUrl,
  usualApiType,
} from '../conformance/index.ts'
import { failureText, outcomeOf } from '../report/index.ts'
import { apiTypeAt } from '../protocol/index.ts'
import { escapeText } from '../wire/index.ts'

/** The options of a check; its URL is told apart. */
export type ConformanceOptions = Omit<CheckOptions, 'url' | 'signal' | 'updateBaseline'>

const MAX_RUN_MS = 600_000
const STYLE = { width: 100, color: false }

/**
 * Checks an endpoint before the first of its tests, and makes each check, each budget and the baseline
 * a test. What is skipped is skipped with the reason; what is known, or too mild to fail, passes with
 * an annotation; a run that judged too little fails.
 *
 * @param url The server URL, or what gives it once the server runs.
 * @throws SoundcheckError for options that make no sense.
 */
export function describeConformance(
  url: string | (() => string | Promise<string>),
  options: ConformanceOptions = {},
): void {
  const { failOn = 'error', budgets = [] } = options
  // Tests are named before the server runs: what its URL would tell then comes too late.
  const told = typeof url === 'string' ? apiTypeAt(url) : undefined
  const { apiType = told ?? usualApiType(options.profile) } = options
  const policy = { ...options, apiType }
  describe(typeof url === 'string' ? `conformance of ${shownUrl(url)}` : 'conformance', () => {
    let report: CheckReport
    beforeAll(async () => {
      const given = typeof url === 'string' ? url : await url()
      report = await check({ ...policy, url: given }).catch((error: Error) => {
        throw failure(escapeText(error.message))
      })
    }, MAX_RUN_MS)

    for (const { id } of checksOf(policy)) {
      test(id, async (context) => {
        const result = report.checks.find((each) => each.id === id)
        if (result) await tell(result, failOn, context)
      })
    }
    for (const [i, expression] of budgets.entries()) {
      test(`budget: ${expression}`, (context) => {
        const { verdict, actual, samples, needed } = report.budgets[i]!
        if (verdict === 'fail') throw failure(`it was ${Math.round(actual ?? 0)} ms`)
        if (verdict === 'inconclusive') context.skip(`${samples} replies; it takes ${needed}`)
      })
    }
    test('the run has a verdict', () => {
      const { verdict, reasons, baseline } = report
      const isOutdated = baseline.some(({ state }) => state === 'stale' || state === 'expired')
      if (verdict === 'inconclusive' || isOutdated)
        throw failure(reasons.map(escapeText).join('\n'))
    })
  })
}

async function tell(
  result: CheckResult,
  failOn: 'error' | 'warning',
  { skip, annotate }: TestContext,
): Promise<void> {
  const because = escapeText(result.reason ?? '')
  switch (outcomeOf(result, { failOn })) {
    case 'failed':
      throw failure(failureText(result, STYLE))
    case 'tolerated':
      await annotate(failureText(result, STYLE), result.severity)
      break
    case 'skipped':
      skip(because)
      break
    case 'inconclusive':
      skip(`inconclusive: ${because}`)
  }
}

/** Where it was thrown says nothing. */
function failure(message: string): Error {
  const error = new Error(message)
  error.stack = message
  return error
}
