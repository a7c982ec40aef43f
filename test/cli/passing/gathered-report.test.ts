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

function gathered(reports: readonly LintReport[], most?: number): GatheredReport {
  const all = new GatheredReport(most)
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

test('what exchanges have in common is kept once', () => {
  const { files } = gathered([well('a'), well('b'), broken('c'), broken('d')]).join()!
  expect(files[1]!.checks).toBe(files[0]!.checks)
  const advice = files.slice(2).map(({ checks }) => checks.find(({ id }) => id === 'sse/done'))
  expect(advice[0]!.advice).not.toBeNull()
  expect(advice[1]!.advice).toBe(advice[0]!.advice)
})

test('no command is longer than anybody would copy, and of many findings the later are short', () => {
  const reports = [broken('a', LONG), ...Array.from({ length: 110 }, (_, i) => broken(`b${i}`))]
  const { files } = gathered(reports).join()!
  const repeats = files.map(({ checks }) => {
    const [finding] = checks.find(({ id }) => id === 'sse/done')!.findings
    return finding!.repeat
  })
  expect(repeats[0]).toBeNull()
  expect(repeats[1]).toMatch(/^curl/)
  expect(repeats[99]).toMatch(/^curl/)
  expect(repeats[100]).toBeNull()
})

test('of too many, those that passed make room', () => {
  const all = gathered([broken('a'), well('b'), broken('c'), well('d'), broken('e')], 3)
  expect(all.join()!.files.map(({ file }) => file)).toEqual(['a', 'c', 'e'])
  expect(all.left).toBe(2)
})
