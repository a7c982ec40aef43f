import { describe, expect, test } from 'vitest'
import { parseBenchBudget } from '../../src/bench/budgets/parse-bench-budget.ts'
import { parseBudget } from '../../src/budget/index.ts'
import { parseCheckBudget } from '../../src/conformance/budgets/parse-check-budget.ts'
import { cpuMs } from '../support/cpu-ms.ts'

describe('check', () => {
  test.each([
    [
      'first_content p(95)<1000',
      { metric: 'first_content', statistic: { kind: 'percentile', percentile: 95 }, bound: 1000 },
    ],
    ['total max<=3000.5', { statistic: { kind: 'max' }, operator: '<=', bound: 3000.5 }],
    ['total p(100)<1', { statistic: { kind: 'max' } }],
    [
      '  first_byte   med < 20 ',
      { expression: 'first_byte   med < 20', metric: 'ttfb', statistic: { percentile: 50 } },
    ],
    ['first_sentence median<1', { metric: 'ttfs', statistic: { percentile: 50 } }],
    ['ttft p(95)<800', { metric: 'ttft' }],
    ['tth max<100', { metric: 'tth' }],
    [
      'total{probe:farewell} p(99.9)<1',
      { probes: ['farewell'], statistic: { kind: 'percentile', percentile: 99.9 } },
    ],
    ['total { probe: two-* } max<1', { probes: ['two-callers', 'two-tools', 'two-choices'] }],
  ])('%s', (text, expected) => {
    expect(parseCheckBudget(text)).toMatchObject(expected)
  })

  test.each([
    ['', 'write it as in "first_content p(95)<1000"'],
    ['first_content<1000', 'needs a statistic, p(1) to p(100), med or max: write it as in'],
    ['first_content p(95)>1000', 'check limits times from above, with < or <='],
    ['first_content p(95)>1000', 'write it as in "first_content p(95)<1000"'],
    ['first_content p(95)<1s', 'write it as in'],
    [
      'speed max<1',
      'there is no metric "speed"; there are ttft, first_content, ttfs (first_sentence)',
    ],
    ['first_contnet max<1', 'there is no metric "first_contnet"; did you mean first_content?'],
    ['firstContent max<1', 'did you mean first_content?'],
    ['totall max<1', 'did you mean total?'],
    [
      'ttft_sched p(95)<1000',
      'only bench measures ttft_sched, to the first text, from the moment the request should have been sent; check has ttft, to the first text: write "ttft p(95)<1000"',
    ],
    [
      'ttft_any p(95)<1000',
      'check has first_content, to the first text or tool call: write "first_content p(95)<1000"',
    ],
    [
      'e2e_sched{probe:farewell} max<=9',
      'check has total, to the end of the response: write "total{probe:farewell} max<=9"',
    ],
    ['dead_air max<200', 'only bench measures dead_air, silence after the voice has started'],
    ['errors<0.01', 'errors is a share of many requests, which bench measures'],
    ['production', 'only bench has sets of budgets; write it as in'],
    ['seeds', 'only bench has sets of budgets; write it as in'],
    ['total p(0)<1', '"p(0)" is not p(1) to p(100), med or max'],
    ['total p(101)<1', '"p(101)" is not'],
    ['total p95<1', '"p95" is not p(1) to p(100), med or max; did you mean p(95)?'],
    ['total avg<1', '"avg" is not p(1) to p(100), med or max, all that check judges; bench judges'],
    ['total{farewell} max<1', 'its scope is not like {probe:farewell}'],
    ['total{probe:tools} max<1', 'no probe matches "tools"; there are streamed-turn'],
    ['total{probe:models} max<1', 'no probe matches "models"'],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parseCheckBudget(text)).toThrow(message)
    expect(() => parseCheckBudget(text)).toThrow(`"${text}" is not a budget: `)
  })
})

describe('bench', () => {
  test.each([
    ['ttft p(95)<800', { of: 'metric', metric: 'ttft', operator: '<', bound: 800 }],
    ['first_byte p(95)<=100', { metric: 'ttfb', operator: '<=' }],
    ['first_sentence med<900', { metric: 'ttfs' }],
    ['ttfs median<900', { statistic: { kind: 'percentile', percentile: 50 } }],
    ['tps p(5)>=50', { metric: 'tps', operator: '>=' }],
    ['dead_air_count max<=0', { statistic: { kind: 'max' }, bound: 0 }],
    ['ttft p(100)<1', { statistic: { kind: 'max' } }],
    ['errors<=0.01', { of: 'requests', share: 'errors', operator: '<=', bound: 0.01 }],
    [' goodput > 0.95 ', { expression: 'goodput > 0.95', share: 'goodput' }],
  ])('%s', (text, expected) => {
    expect(parseBudget(text, 'bench')).toMatchObject(expected)
  })

  test.each([
    ['fast', "write it as in 'ttft p(95)<800' or 'errors<0.01', or name a set: production"],
    ['toString', 'write it as in'],
    ['seeds', 'the set is called production now'],
    ['elevenlab', 'did you mean elevenlabs?'],
    ['ttft<100', 'it needs a statistic, p(1) to p(100), avg, min, med or max: write it as in'],
    ['ttft p(0)<1', '"p(0)" is not p(1) to p(100), avg, min, med or max'],
    ['ttft p95<1', 'did you mean p(95)?'],
    ['nonsense p(95)<1', 'there is no metric "nonsense"; there are ttft, ttft_sched'],
    ['ttft-sched p(95)<1', 'write it as in'],
    ['ttftsched p(95)<1', 'did you mean ttft_sched?'],
    ['eror<0.01', 'there is no metric "eror"; there are'],
    ['error<0.01', 'did you mean errors?'],
    ['errors<2', "errors is a share of all requests, from 0 to 1: write it as in 'errors<0.01'"],
    ['errors avg<1', 'errors is a share of all requests'],
    [
      'first_content p(95)<1000',
      'only check measures first_content, to the first text or tool call; bench has ttft_any, to the first text, reasoning or tool call: write "ttft_any p(95)<1000"',
    ],
    ['total max<3000', 'bench has e2e, to the last text or tool call: write "e2e max<3000"'],
    [
      'ttfb{probe:farewell} max<3000',
      'only check has probes; all answers count here: leave out {probe:farewell}',
    ],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parseBenchBudget(text)).toThrow(message)
    expect(() => parseBenchBudget(text)).toThrow(`"${text}" is not a budget: `)
  })
})

test.each(['ttft{', 'ttft', 'ttft p', 'ttft{a} '])(
  'a long budget that begins with %s takes no time',
  (start) => {
    const began = cpuMs()
    expect(() => parseBudget(start + ' '.repeat(50_000), 'check')).toThrow('is not a budget')
    expect(cpuMs() - began).toBeLessThan(500)
  },
)
