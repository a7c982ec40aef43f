import { readFileSync } from 'node:fs'
import type { Ajv } from 'ajv'
import { default as AjvDraft04 } from 'ajv-draft-04'
import { default as addFormats } from 'ajv-formats'
import fc from 'fast-check'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'
import { type Report, reporters } from '../../src/report/index.ts'
import { sarifMessage } from '../../src/report/verdicts/sarif-message.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'

/** The schema of SARIF 2.1.0, as the SARIF SDK ships it. */
const schema = JSON.parse(
  readFileSync(
    new URL('schemas/sarif-2.1.0-rtm.5.json', import.meta.resolve('@microsoft/jest-sarif')),
    'utf8',
  ),
)
const ajv = new (AjvDraft04 as unknown as typeof Ajv)({
  strict: false,
  // One of its patterns is none in Unicode mode.
  unicodeRegExp: false,
})
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
const validate = ajv.compile(schema)

function sarif(report: Report): Log {
  return JSON.parse(reporters.sarif(report, contextOf())) as Log
}

test('the schema can refuse', () => {
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false)
})

test.each<[string, () => Report | Promise<Report>]>([
  ['a good run', () => reportOf()],
  ['an error', () => reportOf('tools/index-missing', 'tool-no-index')],
  ['a run that judges nothing', inconclusiveReport],
  ['hostile text', hostileReport],
])('%s satisfies the schema', async (_, make) => {
  const log = sarif(await make())
  validate(log)
  expect(validate.errors ?? []).toEqual([])
})

test('a rule for each check, a result for each finding, at a file', async () => {
  const report = await reportOf('tools/index-missing', 'tool-no-index')
  const run = sarif(report).runs[0]!
  const { rules = [] } = run.tool.driver
  expect(rules.map(({ id }) => id)).toEqual(report.checks.map(({ id }) => id))
  const findings = report.checks.flatMap((result) => result.findings)
  expect(run.results).toHaveLength(findings.length)
  for (const result of run.results!) {
    expect(rules[result.ruleIndex!]!.id).toBe(result.ruleId)
    expect(result.level).toBe('error')
    const location = result.locations![0]!
    expect(location.physicalLocation!.artifactLocation!.uri).toBe('soundcheck.config.json')
    expect(location.logicalLocations![0]!.fullyQualifiedName).toContain(report.target.url)
  }
  const { help } = rules.find(({ id }) => id === 'tools/index-missing')!
  for (const word of ['Effect', 'Fix', 'https://platform.openai.com'])
    expect(help!.markdown).toContain(word)
})

test('fingerprints differ from each other, and not from run to run', async () => {
  const fingerprints = async () =>
    sarif(await reportOf('tools/index-missing', 'tool-no-index')).runs[0]!.results!.map(
      (result) => result.partialFingerprints!['primaryLocationLineHash'],
    )
  const first = await fingerprints()
  expect(new Set(first).size).toBe(first.length)
  expect(await fingerprints()).toEqual(first)
})

test('what was skipped or inconclusive is a notification, never a result', async () => {
  const report = await inconclusiveReport()
  const run = sarif(report).runs[0]!
  expect(run.results).toEqual([])
  const [invocation] = run.invocations!
  expect(invocation!.executionSuccessful).toBe(false)
  const told = invocation!.toolExecutionNotifications!
  const { skip, inconclusive } = report.summary
  expect(told.filter(({ associatedRule }) => associatedRule)).toHaveLength(skip + inconclusive)
  expect(told.filter(({ level }) => level === 'error')).toHaveLength(report.reasons.length)
})

test('a finding in a file stands at its bytes, under a valid URI', () => {
  const results = sarif(hostileReport()).runs[0]!.results!
  for (const { locations } of results) {
    const { artifactLocation } = locations![0]!.physicalLocation!
    expect(artifactLocation!.uri).toMatch(/^[\w.~%!'()*/-]+$/)
  }
  expect(results.some(({ locations }) => locations![0]!.physicalLocation!.region!.byteLength)).toBe(
    true,
  )
})

/** The syntax of 3.11.6, and a placeholder of 3.11.5. */
const LINK = /(?<!\\)(?:\\\\)*\[(?:[^\\[\]]|\\[\\[\]])*\]\([^)]*\)/
const PLACEHOLDER = /(?<!\{)(?:\{\{)*\{\d+\}/

test('no message has a link or a placeholder, whatever an endpoint says', () => {
  const text = '[a](http://evil.example) {0} [b\\](http://evil.example)'
  expect(text).toMatch(LINK)
  expect(text).toMatch(PLACEHOLDER)
  const [run] = sarif(hostileReport(text)).runs
  const told = [...run!.results!, ...run!.invocations![0]!.toolExecutionNotifications!]
  expect(told.length).toBeGreaterThan(0)
  expect(told.some(({ message }) => message.text!.includes('evil.example'))).toBe(true)
  for (const { message } of told) {
    expect(message.text).not.toMatch(LINK)
    expect(message.text).not.toMatch(PLACEHOLDER)
  }
})

test('no text is markup in a message; without braces and links, it stays as it is', () => {
  const unit = fc.constantFrom('[', ']', '(', ')', '\\', '{', '}', '0', 'a')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 16 }), (text) => {
      expect(sarifMessage(text).text).not.toMatch(LINK)
      expect(sarifMessage(text).text).not.toMatch(PLACEHOLDER)
    }),
    { numRuns: 2_000 },
  )
  expect(sarifMessage('choices[0].delta, "[DONE]", \\n').text).toBe(
    'choices[0].delta, "[DONE]", \\n',
  )
})
