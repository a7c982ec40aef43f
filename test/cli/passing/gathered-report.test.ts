import { expect, test } from 'vitest'
import { GatheredReport } from '../../../src/cli/passing/gathered-report.ts'
import { joinLintReports, lint, type LintReport } from '../../../src/conformance/index.ts'
import { event, exchangeOf } from '../../support/exchanges.ts'

const LONG = 'x'.repeat(2_000)

function linted(id: string, answer: string, content = 'Hi'): LintReport {
  const request = {
    method: 'POST',
    url: 'http://localhost/v1/chat/completions',
    headers: [],
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content }] }),
  }
  return lint([{ file: id, exchange: exchangeOf([[50, answer]], { id, request }) }])
}

function chunk(content: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta: content, finish_reason: finish }]
  return event({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices })
}

const SAID = chunk({ role: 'assistant', content: 'At nine.' })
const well = (id: string) => linted(id, SAID + chunk({}, 'stop') + event('[DONE]'))
const broken = (id: string, content?: string) => linted(id, SAID, content)

function gathered(
  reports: readonly LintReport[],
  bounds?: { readonly told: number; readonly alike: number },
): GatheredReport {
  const all = new GatheredReport(bounds)
  for (const each of reports) all.add(each)
  return all
}

test('nothing gives no report', () => {
  expect(gathered([]).join()).toBeUndefined()
})

test('the report is that of all exchanges together', () => {
  const reports = [well('a'), broken('b'), well('c'), broken('d')]
  const { durationMs: _, ...report } = gathered(reports).join()!
  const { durationMs: __, ...expected } = joinLintReports(reports)
  expect(report).toEqual(expected)
})

test('no command is longer than anybody would copy', () => {
  const { files } = gathered([broken('a', LONG), broken('b')]).join()!
  const repeats = files.map(({ checks }) => {
    const [finding] = checks.find(({ id }) => id === 'sse/done')!.findings
    return finding!.repeat
  })
  expect(repeats).toEqual([null, expect.stringMatching(/^curl/)])
})

const names = ({ files }: LintReport) => files.map(({ file }) => file)

test('of too many, those that passed make room', () => {
  const reports = [broken('a'), well('b'), broken('c'), well('d'), broken('e')]
  const report = gathered(reports, { told: 3, alike: 20 }).join()!
  expect(names(report)).toEqual(['a', 'c', 'e'])
  expect(report.untold).toEqual({ files: 2, pass: 2, fail: 0, inconclusive: 0, failed: [] })
})

test('what is found again and again is counted, and what is new is told', () => {
  const other = linted('new', SAID.replace('"object"', '"obj"') + chunk({}, 'stop'))
  const again = Array.from({ length: 30 }, (_, i) => broken(`b${i}`))
  const report = gathered([...again, other, broken('c')], { told: 4, alike: 3 }).join()!
  expect(names(report)).toEqual(['b0', 'b1', 'b2', 'new'])
  expect(report.untold).toMatchObject({ files: 28, pass: 0, fail: 28 })
  expect(report.untold!.failed).toContainEqual({ check: 'sse/done', files: 28 })
})

test('verdict and summary are of all, listed or not', () => {
  const reports = [broken('a'), broken('b'), ...['c', 'd', 'e'].map(well)]
  const report = gathered(reports, { told: 0, alike: 20 }).join()!
  const { verdict, summary } = joinLintReports(reports)
  expect(report).toMatchObject({ files: [], verdict, summary })
  expect(report.verdict).toBe('fail')
})

test('where all that is found is new, no more is told than there is room for', () => {
  const unread = (id: string) => lint([{ file: id, unreadable: `it is ${id}` }])
  const reports = [...['a', 'b', 'c', 'd'].map(unread), broken('e'), unread('f')]
  const report = gathered(reports, { told: 3, alike: 20 }).join()!
  expect(report.files).toHaveLength(3)
  expect(report.untold).toMatchObject({ files: 3 })
  expect(report.verdict).toBe('fail')
})
