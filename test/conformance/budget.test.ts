import { describe, expect, test } from 'vitest'
import { judgeBudget } from '../../src/conformance/budget/judge-budget.ts'
import { parseBudget } from '../../src/conformance/budget/parse-budget.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'

describe('parse', () => {
  test.each([
    ['first_content p(95)<1000', { metric: 'first_content', percentile: 95, limitMs: 1000 }],
    ['total max<=3000.5', { percentile: 100, inclusive: true, limitMs: 3000.5 }],
    ['  first_byte   med < 20 ', { expression: 'first_byte   med < 20', percentile: 50 }],
    ['first_sentence median<1', { metric: 'first_sentence', percentile: 50 }],
    ['total{probe:farewell} p(99.9)<1', { probes: ['farewell'], percentile: 99.9 }],
    ['total { probe: two-* } max<1', { probes: ['two-callers', 'two-tools', 'two-choices'] }],
  ])('%s', (expression, expected) => {
    expect(parseBudget(expression)).toMatchObject(expected)
  })

  test.each([
    ['', 'write it as in "first_content p(95)<1000"'],
    ['first_content<1000', 'write it as in'],
    ['first_content p(95)>1000', 'write it as in'],
    ['first_content p(95)<1s', 'write it as in'],
    ['ttft p(95)<1000', 'there is no metric "ttft"; there are first_byte'],
    ['total p(0)<1', '"p(0)" is not p(1) to p(100), med or max'],
    ['total p(101)<1', '"p(101)" is not'],
    ['total p95<1', '"p95" is not'],
    ['total{farewell} max<1', 'its scope is not like {probe:farewell}'],
    ['total{probe:tools} max<1', 'no probe matches "tools"; there are streamed-turn'],
    ['total{probe:models} max<1', 'no probe matches "models"'],
  ])('refuses %j', (expression, message) => {
    expect(() => parseBudget(expression)).toThrow(message)
  })
})

/** A reply of one chunk that came after so many milliseconds. */
function reply(
  atMs: number,
  probe = 'farewell',
  how: 'complete' | 'aborted' = 'complete',
): Evidence {
  return Evidence.ofExchange({
    id: probe,
    probe,
    arrivals: [
      { atMs, bytes: bytes('data: {"choices":[{"index":0,"delta":{"content":"Hi."}}]}\n\n') },
    ],
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
    expect(judgeBudget(parseBudget(expression), replies(count))).toMatchObject(expected)
  })

  test('only the replies of its probes', () => {
    const both = [reply(5), reply(500, 'two-tools')]
    expect(judgeBudget(parseBudget('total{probe:farewell} max<10'), both).verdict).toBe('pass')
    expect(judgeBudget(parseBudget('total max<10'), both).verdict).toBe('fail')
  })

  test('the end of a reply that we broke off is not its own', () => {
    const broken = [reply(500, 'barge-in', 'aborted')]
    expect(judgeBudget(parseBudget('total max<10'), broken).samples).toBe(0)
    expect(judgeBudget(parseBudget('first_content max<10'), broken).verdict).toBe('fail')
  })
})
