import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { type Report, reporters } from '../../src/report/index.ts'
import { contextOf } from '../support/report-context.ts'
import { reportOf } from '../support/reports.ts'

const known = { id: 'sse/event-name', probe: 'streamed-turn', reason: 'the new gateway | fixes it' }
const only = ['sse/event-name']

function isTapOk(report: Report): boolean {
  const parser = new Parser({ strict: true })
  parser.end(reporters.tap(report, contextOf({ failOn: 'warning' })))
  return parser.results!.ok
}

test('known failures are shown with their reason, and fail no report', async () => {
  const probes = (
    await reportOf('sse/event-name', 'event-named', { only })
  ).checks[0]!.findings.map(({ probe }) => probe)
  const failures = [...new Set(probes)].map((probe) => ({ ...known, probe }))
  const policy = { only, failOn: 'warning', baseline: { failures } } as const
  const report = await reportOf('sse/event-name', 'event-named', policy)
  expect(report.verdict).toBe('pass')
  const context = contextOf({ failOn: 'warning' })
  expect(isTapOk(report)).toBe(true)
  expect(reporters.junit(report, context)).not.toContain('<failure')
  expect(reporters.github(report, context)).not.toContain('::error')
  const { results } = JSON.parse(reporters.sarif(report, context)).runs[0]
  for (const { suppressions } of results)
    expect(suppressions).toMatchObject([{ justification: known.reason }])
  expect(reporters.markdown(report, context)).toContain('the new gateway \\| fixes it')
  expect(reporters.html(report, context)).toContain('the new gateway | fixes it')
})

test('a broken budget fails every report, and is shown', async () => {
  const report = await reportOf(undefined, undefined, {
    only: ['sse'],
    budgets: ['first_content p(50)<0.001'],
  })
  expect(report.verdict).toBe('over-budget')
  expect(isTapOk(report)).toBe(false)
  expect(reporters.junit(report, contextOf())).toMatch(
    /<failure type="over-budget" message="over budget: first_content/,
  )
  expect(reporters.github(report, contextOf())).toMatch(
    /^::error title=soundcheck%3A over-budget::over budget: first_content/m,
  )
  expect(reporters.markdown(report, contextOf())).toContain('`first_content p(50)<0.001`')
  expect(reporters.html(report, contextOf())).toContain('first_content p(50)&lt;0.001')
})
