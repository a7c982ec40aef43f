import { describe, expect, test } from 'vitest'
import { judgeBudget, requestLimits } from '../../src/bench/budgets/judge-budget.ts'
import { parseBenchBudget } from '../../src/bench/budgets/parse-bench-budget.ts'
import {
  binomialAtMost,
  shareAgainst,
  sizeForShare,
  sizeToTell,
} from '../../src/bench/budgets/sample-size.ts'
import { BUDGET_SETS } from '../../src/budget/index.ts'
import { Tally } from '../../src/bench/tally/tally.ts'
import { UNHEARD } from '../support/bench-reports.ts'

/** A run with these times to first text, and so many failures. */
function runOf(ttft: readonly number[], failures = 0, budgets: readonly string[] = []): Tally {
  const tally = new Tally(requestLimits(budgets.flatMap(parseBenchBudget)))
  for (const value of ttft) {
    tally.add({ kind: 'ok', measurement: { values: { ttft: value }, gaps: [], heard: UNHEARD } })
  }
  for (let i = 0; i < failures; i++) tally.add({ kind: 'failed', failure: 'timeout' })
  return tally
}

function judge(expression: string, tally: Tally, errorMs = 0) {
  return judgeBudget(parseBenchBudget(expression)[0]!, tally, errorMs)
}

const times = (count: number, value: number) => Array.from({ length: count }, () => value)

describe('sample sizes', () => {
  test.each([
    [0.05, 59],
    [0.01, 299],
    [0.001, 2_995],
  ])('a share of %f takes %i values', (share, size) => {
    expect(sizeForShare(share)).toBe(size)
  })

  test.each([
    [2, 59, 0.05],
    [41, 1_000, 0.05],
    [1, 300, 0.01],
    [12, 1_000, 0.01],
    [1, 100, 0.001],
    [130, 250, 0.5],
  ])('%i of %i against %f: about how many would tell', (hits, size, bound) => {
    const needed = sizeToTell(hits, size, bound)!
    const verdictOn = (many: number) =>
      shareAgainst(Math.round((hits / size) * many), Math.round(many), bound)
    expect(needed).toBeGreaterThan(size)
    expect(verdictOn(size)).toBeNull()
    expect(verdictOn(needed * 1.5)).toBe(hits / size < bound ? 'below' : 'above')
  })

  test('a share that is at its bound is never told from it', () => {
    expect(sizeToTell(50, 1_000, 0.05)).toBeNull()
    expect(judge('errors<0.05', runOf(times(95, 1), 5))).toMatchObject({ needed: null })
  })

  test('binomial', () => {
    expect(binomialAtMost(0, 10, 0.1)).toBeCloseTo(0.9 ** 10)
    expect(binomialAtMost(1, 3, 0.5)).toBeCloseTo(0.5)
    expect(binomialAtMost(3, 3, 0.5)).toBeCloseTo(1)
  })

  test('too few requests prove no percentile, and the report says how many would', () => {
    expect(judge('ttft p(99)<100', runOf(times(298, 50)))).toMatchObject({
      verdict: 'inconclusive',
      reason: 'a p(99) of 298 values proves nothing',
      tooFew: true,
      needed: 299,
    })
    expect(judge('ttft p(99)<100', runOf(times(299, 50)))).toMatchObject({ verdict: 'pass' })
  })

  test('few that are all too slow prove enough', () => {
    expect(judge('ttft p(95)<100', runOf(times(5, 500)))).toMatchObject({ verdict: 'fail' })
    expect(judge('ttft p(95)<100', runOf([500, 50, 50]))).toMatchObject({ verdict: 'inconclusive' })
  })

  test.each([
    [0, 59, 'pass'],
    // One may well be among 59 of which a twentieth is too slow.
    [2, 59, 'inconclusive'],
    [3, 59, 'inconclusive'],
    [7, 59, 'fail'],
    [40, 1_000, 'inconclusive'],
    [38, 1_000, 'pass'],
    [63, 1_000, 'fail'],
  ])('%i slow of %i and p(95): %s', (slow, count, verdict) => {
    const tally = runOf([...times(count - slow, 50), ...times(slow, 500)])
    expect(judge('ttft p(95)<100', tally)).toMatchObject({ verdict, tooFew: false })
    // The same question, asked about the failures of so many requests.
    expect(judge('errors<0.05', runOf(times(count - slow, 50), slow)).verdict).toBe(verdict)
  })

  test('enough values, and no side proven: how many are beyond the bound', () => {
    expect(judge('ttft p(95)<100', runOf([...times(57, 50), 500, 500]))).toMatchObject({
      keeps: true,
      reason: '2 of 59 values are beyond the bound, which proves neither side',
      tooFew: false,
      needed: 560,
    })
  })

  test.each([
    [1_400, 'pass'],
    [1_500, 'inconclusive'],
    [1_600, 'fail'],
  ])('%i slow of more than a sample holds: %s', (slow, verdict) => {
    const tally = runOf([...times(slow, 500), ...times(30_000 - slow, 50)])
    expect(judge('ttft p(95)<100', tally).verdict).toBe(verdict)
    expect(judge('ttft p(5)>51', tally).verdict).toBe('fail')
    expect(judge('ttft p(5)>49', tally).verdict).toBe('pass')
  })

  test('no failure among 1000 does not prove an error rate below 0.1 %', () => {
    expect(judge('errors<0.001', runOf(times(1_000, 1)))).toMatchObject({
      verdict: 'inconclusive',
      reason: '1000 requests without a failure prove too little',
      tooFew: true,
      needed: 2_995,
    })
    expect(judge('errors<0.001', runOf(times(2_995, 1)))).toMatchObject({ verdict: 'pass' })
    expect(judge('errors<0.001', runOf(times(100, 1), 3))).toMatchObject({ verdict: 'fail' })
  })
})

test('errors are part of the whole', () => {
  expect(judge('availability>0.9', runOf(times(50, 1), 50))).toMatchObject({
    actual: 0.5,
    verdict: 'fail',
  })
  const tally = runOf([...times(60, 50), ...times(20, 500)], 20, ['ttft p(95)<100'])
  expect(tally).toMatchObject({ attempted: 100, ok: 80, good: 60 })
  expect(judge('goodput>0.9', tally)).toMatchObject({ actual: 0.6, verdict: 'fail' })
})

describe('a server that sheds load is not fast', () => {
  const shedding = runOf([...times(57, 50), 900, 900], 2_000)

  test('failed requests are beyond the bound of a percentile', () => {
    expect(judge('ttft p(95)<800', shedding)).toEqual({
      expression: 'ttft p(95)<800',
      of: 'ttft',
      // There is no time of a request that failed.
      actual: null,
      keeps: false,
      verdict: 'fail',
      reason: '2000 of 2059 values are failed requests, which are beyond any bound',
      tooFew: false,
      needed: null,
    })
    expect(judge('ttft p(95)<800', runOf([], 60)).verdict).toBe('fail')
  })

  test('and of a maximum, but have no part in means, minimums, and lower bounds', () => {
    expect(judge('ttft max<1000', shedding)).toMatchObject({ actual: null, verdict: 'fail' })
    expect(judge('ttft avg<100', shedding).verdict).toBe('pass')
    expect(judge('ttft min<100', shedding).verdict).toBe('pass')
    expect(judge('ttft p(1)>40', runOf(times(300, 50), 300)).verdict).toBe('pass')
  })

  test('and are slower than any pace', () => {
    const tally = runOf([], 40)
    for (let i = 0; i < 360; i++) {
      tally.add({ kind: 'ok', measurement: { values: { tps: 80 }, gaps: [], heard: UNHEARD } })
    }
    expect(judge('tps p(5)>50', tally)).toMatchObject({ actual: null, verdict: 'fail' })
    expect(judge('tps min>50', tally)).toMatchObject({ actual: null, verdict: 'fail' })
    expect(judge('tps p(20)>50', tally)).toMatchObject({ verdict: 'pass' })
    expect(judge('tps p(20)>50', tally).actual).toBeCloseTo(80, 0)
    expect(judge('tps p(95)<100', tally).verdict).toBe('pass')
  })

  test('few failures move the percentile up', () => {
    const values = Array.from({ length: 980 }, (_, i) => i + 1)
    const kept = judge('ttft p(95)<1000', runOf(values, 20))
    // The 950th of 1000.
    expect(kept).toMatchObject({ verdict: 'pass', reason: null })
    expect(Math.abs(kept.actual! - 950)).toBeLessThan(1)
    expect(judge('ttft p(95)<960', runOf(values, 20))).toMatchObject({
      verdict: 'inconclusive',
      reason:
        '41 of 1000 values are beyond the bound, 20 of them failures, which proves neither side',
      needed: 1_700,
    })
  })

  test('what hung up is no failure', () => {
    const tally = runOf(times(59, 50))
    for (let i = 0; i < 100; i++) tally.add({ kind: 'cancelled' })
    expect(judge('ttft p(95)<100', tally).verdict).toBe('pass')
  })

  test('what good answers lack, failed ones lack as often', () => {
    const tally = runOf(times(100, 50), 10)
    for (let i = 0; i < 900; i++) {
      tally.add({ kind: 'ok', measurement: { values: {}, gaps: [], heard: UNHEARD } })
    }
    // One failed request in a hundred, of which one in ten would have had text.
    expect(judge('ttft p(95)<100', tally).verdict).toBe('pass')
    expect(judge('tpot p(95)<50', tally)).toMatchObject({ verdict: 'inconclusive', actual: null })
  })
})

test('a failed request has no latency', () => {
  const tally = runOf(times(10, 50), 90)
  expect(tally.metrics.ttft.histogram.count).toBe(10)
})

test('a time can only be stamped late: just above its bound proves nothing', () => {
  const tally = runOf(times(300, 101))
  expect(judge('ttft p(95)<100', tally, 2)).toMatchObject({ verdict: 'inconclusive' })
  expect(judge('ttft p(95)<100', tally, 0.5)).toMatchObject({ verdict: 'fail' })
  expect(judge('ttft p(95)<102', tally, 50)).toMatchObject({ verdict: 'pass' })
  expect(judge('ttft p(5)>100', tally, 2)).toMatchObject({ verdict: 'inconclusive' })
  expect(judge('ttft p(5)>100', tally, 0.5)).toMatchObject({ verdict: 'pass' })
})

describe('requests that may have been stamped late', () => {
  const judgeGoodput = (ttft: readonly number[], bound: string, errorMs: number) =>
    judge(`goodput${bound}`, runOf(ttft, 0, ['ttft p(95)<100']), errorMs)
  const late = [...times(200, 50), ...times(100, 120)]

  test('may have been good', () => {
    expect(judgeGoodput(late, '>0.9', 0)).toMatchObject({ verdict: 'fail' })
    expect(judgeGoodput(late, '>0.9', 10)).toMatchObject({ verdict: 'fail' })
    expect(judgeGoodput(late, '>0.9', 30)).toMatchObject({
      verdict: 'inconclusive',
      reason:
        '100 requests are within the error of the instrument, 30.0 ms, of what makes them good',
    })
    expect(judgeGoodput(late, '>=1', 30).verdict).toBe('inconclusive')
    expect(judgeGoodput(late, '>0.5', 30).verdict).toBe('pass')
  })

  test('were not good where they failed', () => {
    const tally = runOf(times(100, 120), 100, ['ttft p(95)<100'])
    expect(judge('goodput>0.9', tally, 30).verdict).toBe('fail')
  })

  test('may have had a longer gap than it seems', () => {
    const tally = new Tally(requestLimits(parseBenchBudget('stall max<100')))
    for (let i = 0; i < 300; i++) {
      tally.add({
        kind: 'ok',
        measurement: { values: { stall: 90 }, gaps: [90], heard: UNHEARD },
      })
    }
    expect(judge('goodput>0.9', tally, 5).verdict).toBe('pass')
    expect(judge('goodput>0.9', tally, 20).verdict).toBe('inconclusive')
  })
})

test('what was not measured is no pass', () => {
  expect(judge('tps p(5)>50', runOf(times(300, 1)))).toMatchObject({
    verdict: 'inconclusive',
    actual: null,
  })
  expect(judge('errors<0.5', runOf([]))).toMatchObject({ verdict: 'inconclusive' })
})

test.each(Object.keys(BUDGET_SETS))('the set %s is made of budgets', (name) => {
  expect(parseBenchBudget(name).map(({ expression }) => expression)).toEqual(BUDGET_SETS[name])
})

test.each([
  'ttft<100',
  'ttft p(0)<1',
  'ttft p(101)<1',
  'nonsense p(95)<1',
  'errors<2',
  'errors avg<1',
  '',
  'toString',
])('"%s" is no budget', (text) => {
  expect(() => parseBenchBudget(text)).toThrow('is not a budget')
})

describe('a bound that may be reached', () => {
  test.each([
    ['ttft p(95)<=50', 'pass'],
    ['ttft p(95)<50', 'fail'],
    ['ttft p(5)>=50', 'pass'],
    ['ttft p(5)>50', 'fail'],
    ['ttft max<=50', 'pass'],
    ['ttft max<50', 'fail'],
  ])('%s is judged so: %s', (expression, verdict) => {
    expect(judge(expression, runOf(times(300, 50))).verdict).toBe(verdict)
    // More than a sample holds.
    expect(judge(expression, runOf(times(21_000, 50))).verdict).toBe(verdict)
  })

  test('of shares, and of each request', () => {
    expect(judge('errors<=0', runOf(times(10, 1)))).toMatchObject({ actual: 0, verdict: 'pass' })
    expect(judge('availability>=1', runOf(times(10, 1), 1)).verdict).toBe('fail')
    expect(judge('availability>=0.9', runOf(times(50, 1), 50)).verdict).toBe('fail')
    expect(runOf([100, 100, 101], 0, ['ttft p(95)<=100']).good).toBe(2)
  })

  test('failures count on the same side', () => {
    expect(judge('ttft max<=1000', runOf(times(10, 50), 1)).verdict).toBe('fail')
    expect(judge('ttft p(95)<=1000', runOf([], 60)).verdict).toBe('fail')
    expect(judge('ttft p(5)>=40', runOf(times(300, 50), 300)).verdict).toBe('pass')
  })
})

test.each([
  ['ttft avg<100', 50],
  ['ttft max<100', 90],
  ['ttft min>5', 10],
  ['ttft med<100', 50],
])('%s', (expression, actual) => {
  expect(judge(expression, runOf([10, 50, 50, 50, 50, 90])).actual).toBeCloseTo(actual, 1)
})
