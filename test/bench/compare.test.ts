import { quantileSorted, wilcoxonRankSum } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { quantile, quantileShift } from '../../src/bench/compare/bootstrap.ts'
import { type BenchReport, compare } from '../../src/bench/index.ts'
import { fisherExact } from '../../src/bench/compare/fisher-exact.ts'
import { mannWhitney } from '../../src/bench/compare/mann-whitney.ts'
import type { MetricName } from '../../src/bench/measure/metric-names.ts'
import { type Facts, lognormal, reportOf } from '../support/bench-reports.ts'

const PAIRS = 100
const VALUES = 1_500

/** How often each verdict falls when the second run is so much slower. */
function verdicts(slowdown: number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = reportOf(lognormal(VALUES, 300, 0.25, 2 * pair + 1))
    const second = reportOf(lognormal(VALUES, 300 * slowdown, 0.25, 2 * pair + 2))
    const { difference } = compare(first, second)
    counts[difference] = (counts[difference] ?? 0) + 1
  }
  return counts
}

test('the same endpoint twice: no difference, at least 95 times of 100', () => {
  expect(verdicts(1)['none']).toBeGreaterThanOrEqual(95)
})

test('a slowdown of 10 % is found at least 95 times of 100', () => {
  expect(verdicts(1.1)['slower']).toBeGreaterThanOrEqual(95)
})

describe('margin', () => {
  const base = lognormal(4_000, 300, 0.1, 1)
  const times = (factor: number) => reportOf(base.map((ms) => ms * factor))

  test.each([
    [1.033, 0.05, 'none'],
    [1.06, 0.05, 'slower'],
    [1.06, 0.1, 'none'],
    [0.94, 0.05, 'faster'],
    [0.94, 0.1, 'none'],
    // Certainly slower, but by how much is not certain enough.
    [1.05, 0.05, 'inconclusive'],
    [0.95, 0.05, 'inconclusive'],
    [1.3, 0.3, 'inconclusive'],
  ])('times %f beside a margin of %f: %s', (factor, margin, expected) => {
    const { difference, reasons } = compare(times(1), times(factor), { margin })
    expect(difference).toBe(expected)
    expect(reasons).toEqual(
      expected === 'inconclusive'
        ? [
            expect.stringMatching(
              /^the interval of ttft, .* margin of \d+ % nor beyond it: more re/,
            ),
          ]
        : [],
    )
  })

  test('of a few values, a difference below the margin is never slower, nor faster', () => {
    for (const [few, factor] of [
      [200, 1.033],
      [200, 0.967],
      [600, 1.033],
    ] as const) {
      const values = lognormal(few, 300, 0.15, 3)
      const other = reportOf(values.map((ms) => ms * factor))
      expect(compare(reportOf(values), other).difference).toBe('inconclusive')
    }
  })

  test('a pace: less is slower', () => {
    const paced = (tps: number) => reportOf(base, { values: { tps } })
    const differences = [51, 53, 60, 40].map(
      (tps) => compare(paced(50), paced(tps), { metric: 'tps' }).difference,
    )
    expect(differences).toEqual(['none', 'faster', 'faster', 'slower'])
  })
})

describe('verdicts', () => {
  const base = lognormal(400, 300, 0.2, 1)

  test('faster', () => {
    expect(compare(reportOf(base), reportOf(base.map((ms) => ms * 0.8))).difference).toBe('faster')
  })

  test('too few values to tell', () => {
    const [a, b] = [lognormal(30, 300, 0.5, 1), lognormal(30, 310, 0.5, 2)]
    expect(compare(reportOf(a), reportOf(b)).difference).toBe('inconclusive')
    const none = compare(reportOf([1, 2]), reportOf([1, 2]))
    expect(none).toMatchObject({ metrics: [], difference: 'inconclusive' })
    expect(none.reasons[0]).toContain('takes 20 values in each report; there are 2 and 2: raise')
  })

  test('a difference within the error of the instrument is none that counts', () => {
    const slower = base.map((ms) => ms * 1.1)
    expect(compare(reportOf(base), reportOf(slower)).difference).toBe('slower')
    const blurred = compare(reportOf(base), reportOf(slower, { ttftErrorP99: 50 }))
    expect(blurred.difference).toBe('inconclusive')
  })

  test('a difference that a busy machine may have made is none that counts', () => {
    const slower = reportOf(
      base.map((ms) => ms * 1.1),
      { busy: { share: 1, wokeLateP99: 50 } },
    )
    for (const comparison of [compare(reportOf(base), slower), compare(slower, reportOf(base))]) {
      expect(comparison.difference).toBe('inconclusive')
      expect(comparison.reasons).toEqual([expect.stringMatching(/too busy.* up to 50\.0 ms late/)])
    }
  })

  describe('failures', () => {
    const faster = base.map((ms) => ms * 0.8)
    const slower = base.map((ms) => ms * 1.2)
    const share = '0 of 400 requests failed, then 400 of 800'

    test.each([
      ['sheds load, and is faster', faster, 'inconclusive'],
      ['sheds load, and is as fast', base, 'inconclusive'],
      ['sheds load, and is slower', slower, 'slower'],
    ])('a second run that %s', (_, values, difference) => {
      const comparison = compare(reportOf(base), reportOf(values, { failures: 400 }))
      expect(comparison.difference).toBe(difference)
      expect(comparison.reasons).toEqual([expect.stringContaining(share)])
    })

    test('a first run that sheds load was not fast either', () => {
      const first = reportOf(base, { failures: 400 })
      expect(compare(first, reportOf(slower)).difference).toBe('inconclusive')
      expect(compare(first, reportOf(base)).difference).toBe('inconclusive')
      expect(compare(first, reportOf(faster)).difference).toBe('faster')
    })

    test('as many as chance explains change nothing', () => {
      const comparison = compare(reportOf(base, { failures: 2 }), reportOf(faster, { failures: 5 }))
      expect(comparison).toMatchObject({ difference: 'faster', reasons: [] })
    })
  })

  describe('too few values: what left so few, and what to do', () => {
    const whole = reportOf(base)
    const few = base.slice(0, 5)
    const why = (second: BenchReport, metric?: MetricName) =>
      compare(whole, second, metric && { metric }).reasons.at(-1)

    test('all failed', () => {
      const failed = reportOf([], { failures: 20, seen: 'status 503: overloaded' })
      expect(why(failed)).toBe(
        'ttft takes 20 values in each report; there are 400 and 0: in the second, 20 of 20 requests failed (20 status 503), such as "status 503: overloaded": mend that first; "soundcheck check http://localhost" tells more',
      )
      expect(compare(failed, failed).reasons.at(-1)).toContain('0 and 0: in both, 20 of 20 req')
      expect(compare(failed, whole).reasons.at(-1)).toContain('0 and 400: in the first, 20 of 20')
    })

    test('many failed, and more of what is good would do', () => {
      expect(why(reportOf(few, { failures: 3 }))).toMatch(
        /in the second, 3 of 8 requests failed \(3 status 503\): mend that, and raise --requests/,
      )
    })

    test('it was cut short', () => {
      const interrupted = reportOf(few, { cutShort: 'interrupted' })
      expect(why(interrupted)).toMatch(/in the second, the run was interrupted: let it come to/)
      const both = reportOf(few, { cutShort: 'interrupted', failures: 30 })
      expect(why(both)).toMatch(/the run was interrupted, and 30 of 35 requests failed \(30 status/)
      const stopped = reportOf(few, { cutShort: 'errors', failures: 30 })
      expect(why(stopped)).toMatch(/so the run was stopped, and 30 of 35 requests failed .*: mend/)
      expect(why(reportOf(few, { cutShort: 'behind' }))).toMatch(/lower the load, or spread it/)
    })

    test('good answers do not have what decides', () => {
      expect(why(reportOf(base), 'tps')).toMatch(
        /^tps takes .* 0 and 0: in both, 0 of 400 good answers have it, which is .*needs usage/,
      )
    })
  })

  describe('runs that were not alike are named, and their verdict stands', () => {
    const asked = { requests: 8, meanCharacters: 300, digest: '0123abcd' }

    test.each<[string, Facts, Facts]>([
      ['concurrency was 1, then 8', {}, { plan: { concurrency: 8 } }],
      ['model was none, then gpt-5-mini', {}, { target: { model: 'gpt-5-mini' } }],
      ['model was a, then b', { target: { model: 'a' } }, { target: { model: 'b' } }],
      ['API was chat, then responses', {}, { target: { url: 'http://localhost/v1/responses' } }],
      ['headers was none, then x-tier', {}, { target: { headers: ['x-tier'] } }],
      ['time to the first sound of the voice was 0 ms, then 90 ms', {}, { ttsDelayMs: 90 }],
      ['contract was not checked, then checked', {}, { judged: true }],
      ['warm-up was 0 s, then 3 s', {}, { plan: { warmupMs: 3_000 } }],
      ['rate at the end was none, then 9 after 1 s', {}, { plan: { toRatePerSecond: 9 } }],
      ['shard was none, then 0/2', {}, { plan: { shard: { index: 0, count: 2 } } }],
      [
        'time limit was 20 s, then 5 s',
        { plan: { timeoutMs: 20_000 } },
        { plan: { timeoutMs: 5_000 } },
      ],
      [
        'what was asked was 8 requests of 300 characters (0123abcd), then 8 requests of 9000 characters (89abcdef)',
        { plan: { asked } },
        { plan: { asked: { ...asked, meanCharacters: 9_000, digest: '89abcdef' } } },
      ],
      [
        'proxy was none, then http://proxy:3128/',
        {},
        { target: { proxy: { url: 'http://proxy:3128/', from: '--proxy' } } },
      ],
    ])('%s', (difference, first, second) => {
      const comparison = compare(reportOf(base, first), reportOf(base, second))
      expect(comparison.reasons).toEqual([`the runs were not alike: ${difference}`])
      expect(comparison.difference).toBe('none')
    })

    test('what an older report does not tell is no difference', () => {
      const newer = reportOf(base, { plan: { asked, timeoutMs: 20_000 } })
      expect(compare(reportOf(base), newer).reasons).toEqual([])
    })
  })
})

describe('statistics, held against another implementation', () => {
  test.each([1, 2, 3])('ranks %i', (seed) => {
    // Whole numbers, so that there are ties.
    const a = lognormal(150, 50, 0.4, seed).map(Math.round)
    const b = lognormal(170, 55, 0.4, seed + 10).map(Math.round)
    const rankSum = wilcoxonRankSum(b, a)
    const u = rankSum - (b.length * (b.length + 1)) / 2
    expect(mannWhitney(a, b).superiority).toBeCloseTo(u / (a.length * b.length), 10)
  })

  test.each([
    // The tea taster, and tables of R's fisher.test.
    [3, 4, 1, 4, 0.4857143],
    [1, 10, 11, 14, 0.002759456],
    [0, 400, 0, 400, 1],
    [5, 5, 0, 5, 0.007936508],
    [0, 0, 3, 9, 1],
  ])('proportions: %i of %i, %i of %i', (hitsA, ofA, hitsB, ofB, p) => {
    expect(fisherExact({ hits: hitsA, of: ofA }, { hits: hitsB, of: ofB })).toBeCloseTo(p, 6)
  })

  test('quantiles', () => {
    const values = Float64Array.from(lognormal(301, 100, 0.5, 4)).toSorted()
    for (const share of [0.25, 0.5, 0.95]) {
      expect(quantile(values, share)).toBe(quantileSorted(Array.from(values), share))
    }
  })

  test('p values of samples of one distribution are uniform', () => {
    const ps = Array.from(
      { length: 400 },
      (_, i) => mannWhitney(lognormal(60, 100, 0.3, 2 * i), lognormal(60, 100, 0.3, 2 * i + 1)).p,
    )
    const below = (p: number) => ps.filter((each) => each < p).length / ps.length
    expect(below(0.05)).toBeLessThan(0.09)
    expect(below(0.5)).toBeGreaterThan(0.42)
    expect(below(0.5)).toBeLessThan(0.58)
  })

  test('the interval holds the truth nine times out of ten', () => {
    let held = 0
    for (let seed = 0; seed < 200; seed++) {
      const a = lognormal(200, 100, 0.3, 2 * seed)
      const b = lognormal(200, 105, 0.3, 2 * seed + 1)
      const { low, high } = quantileShift(a, b, 0.5)
      if (low <= 0.05 && 0.05 <= high) held++
    }
    expect(held / 200).toBeGreaterThan(0.83)
    expect(held / 200).toBeLessThan(0.97)
  })

  test('equal values differ by nothing', () => {
    expect(mannWhitney([5, 5, 5], [5, 5])).toEqual({ superiority: 0.5, p: 1 })
  })
})
