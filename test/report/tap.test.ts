import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { type ReportContext, type Report, reporters } from '../../src/report/index.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'

/** Reads TAP as a harness does; what it cannot place is a failure. */
function harness(report: Report, context: Partial<ReportContext> = {}) {
  const parser = new Parser({ strict: true })
  const points: { ok: boolean; name: string; diag: Record<string, unknown> | null }[] = []
  const stray: string[] = []
  parser.on('assert', (point: (typeof points)[number]) => points.push(point))
  parser.on('extra', (line: string) => stray.push(line))
  parser.end(reporters.tap(report, contextOf(context)))
  return { results: parser.results!, points, stray }
}

test('a good run: every point is ok', async () => {
  const report = await reportOf()
  const { results, stray } = harness(report)
  const { skip, inconclusive } = report.summary
  expect(results).toMatchObject({
    ok: true,
    pass: report.checks.length,
    fail: 0,
    // A busy machine may leave something unjudged.
    skip: skip + inconclusive,
    todo: 0,
  })
  expect(stray).toEqual([])
})

test('an error: one point is not, and says why', async () => {
  const { results, points } = harness(await reportOf('sse/done', 'done-missing'))
  expect(results).toMatchObject({ ok: false, fail: 1 })
  const point = points.find(({ ok }) => !ok)
  expect(point?.name).toContain('sse/done')
  expect(point?.diag).toMatchObject({
    severity: 'error',
    message: 'The stream ended without [DONE].',
  })
})

test('a warning is a TODO, unless warnings fail the run', async () => {
  const report = await reportOf('sse/event-name', 'event-named')
  expect(harness(report).results).toMatchObject({ ok: true, todo: 1 })
  const failOn = 'warning'
  const failed = await reportOf('sse/event-name', 'event-named', { failOn })
  expect(harness(failed, { failOn }).results).toMatchObject({ ok: false, todo: 0 })
})

test('a run that judged nothing is not ok', async () => {
  const report = await inconclusiveReport()
  const [failed, ...others] = harness(report).points.filter(({ ok }) => !ok)
  expect(others).toEqual([])
  expect(failed!.diag).toEqual({ verdict: 'inconclusive', reasons: report.reasons })
})

test('hostile text forges no point and leaves no stray line', () => {
  const report = hostileReport()
  const { results, points, stray } = harness(report)
  expect(stray).toEqual([])
  expect(results.bailout).toBe(false)
  expect(points).toHaveLength(report.files[0]!.checks.length + 1)
  const { summary } = report
  expect(results).toMatchObject({ skip: summary.skip + summary.inconclusive })
})
