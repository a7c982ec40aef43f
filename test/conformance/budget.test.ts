import { describe, expect, test } from 'vitest'
import { judgeBudget } from '../../src/conformance/budgets/judge-budget.ts'
import { parseCheckBudget } from '../../src/conformance/budgets/parse-check-budget.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'

/** A reply of one chunk that came after so many milliseconds. */
function reply(
  atMs: number,
  probe = 'farewell',
  how: 'complete' | 'aborted' = 'complete',
  delta: object = { content: 'Hi.' },
): Evidence {
  const chunk = JSON.stringify({ choices: [{ index: 0, delta }] })
  return Evidence.ofExchange({
    id: probe,
    probe,
    arrivals: [{ atMs, bytes: bytes(`data: ${chunk}\n\n`) }],
    decoded: null,
    request: { method: 'POST', url: 'http://localhost', headers: [], body: null },
    end: { how, atMs },
  } as unknown as Exchange)
}

const replies = (count: number) => Array.from({ length: count }, (_, i) => reply(i + 1))

describe('judge', () => {
  test.each([
    ['total p(95)<20', 20, { actual: 19, verdict: 'pass' }],
    ['total p(95)<19', 20, { actual: 19, verdict: 'fail' }],
    ['total p(95)<=19', 20, { actual: 19, verdict: 'pass' }],
    ['total p(95)<1000', 19, { needed: 20, samples: 19, verdict: 'inconclusive' }],
    ['total p(90)<10', 10, { actual: 9, needed: 10, verdict: 'pass' }],
    ['total p(99.9)<1', 999, { needed: 1000, verdict: 'inconclusive' }],
    ['total max<11', 10, { actual: 10, verdict: 'pass' }],
    ['total max<11', 1, { actual: 1, needed: 1, verdict: 'pass' }],
    ['total med<3', 5, { actual: 3, verdict: 'fail' }],
    ['total max<11', 0, { actual: null, samples: 0, verdict: 'inconclusive' }],
  ])('%s of %i replies', (expression, count, expected) => {
    expect(judgeBudget(parseCheckBudget(expression), replies(count))).toMatchObject(expected)
  })

  test('a metric has one meaning, by whatever word', () => {
    const of = (expression: string) => judgeBudget(parseCheckBudget(expression), replies(10))
    expect(of('first_byte max<11')).toMatchObject({ actual: 10, needed: 1, verdict: 'pass' })
    expect({ ...of('ttfb p(100)<11'), expression: '' }).toEqual({
      ...of('first_byte max<11'),
      expression: '',
    })
  })

  test('only the replies of its probes', () => {
    const both = [reply(5), reply(500, 'two-tools')]
    expect(judgeBudget(parseCheckBudget('total{probe:farewell} max<10'), both).verdict).toBe('pass')
    expect(judgeBudget(parseCheckBudget('total max<10'), both).verdict).toBe('fail')
  })

  test('a tool call is content, and no text', () => {
    const call = { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }
    const both = [reply(5), reply(500, 'two-tools', 'complete', { tool_calls: [call] })]
    const of = (expression: string) => judgeBudget(parseCheckBudget(expression), both)
    expect(of('ttft max<10')).toMatchObject({ actual: 5, samples: 1, verdict: 'pass' })
    expect(of('first_content max<10')).toMatchObject({ actual: 500, samples: 2, verdict: 'fail' })
  })

  test('the end of a reply that we broke off is not its own', () => {
    const broken = [reply(500, 'barge-in', 'aborted')]
    expect(judgeBudget(parseCheckBudget('total max<10'), broken).samples).toBe(0)
    expect(judgeBudget(parseCheckBudget('first_content max<10'), broken).verdict).toBe('fail')
  })
})
