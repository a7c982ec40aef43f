import { describe, expect, test } from 'vitest'
import { mockFetch, type Pacing, type Scenario, virtualClock } from '../../src/mocks/index.ts'
import { draw, seededRandom } from '../../src/mocks/pacing/draw.ts'
import { dueTimes } from '../../src/mocks/pacing/due-times.ts'
import { post, saying } from '../support/chat.ts'

const times = (count: number, pacing: Pacing, rest = {}) =>
  dueTimes(count, pacing, { seed: 1, promptTokens: 0, others: 0, ...rest })

describe('due times', () => {
  test('count from the request, at an even rate', () => {
    expect(times(4, { ttft: 200, tokensPerSecond: 50 })).toEqual([200, 220, 240, 260])
  })

  test('are 0 when nothing is said of them', () => {
    expect(times(3, {})).toEqual([0, 0, 0])
  })

  test('of no tokens: one, for the end', () => {
    expect(times(0, { ttft: 200 })).toEqual([200])
  })

  test('hold still after the k-th token', () => {
    expect(times(4, { gap: 10, stalls: [{ after: 2, ms: 500 }] })).toEqual([0, 10, 520, 530])
  })

  test('wait for the prompt to be read', () => {
    expect(times(1, { ttft: 100, prefill: 0.5 }, { promptTokens: 400 })).toEqual([300])
  })

  test('stretch under load', () => {
    const pacing = { ttft: 100, gap: 10, slowdown: 0.1 }
    expect(times(2, pacing, { others: 10 })).toEqual([200, 220])
  })

  test('are those of a recording, its end included', () => {
    const pacing = { recorded: [10, 15, 40, 90], ttft: 500 }
    expect(times(3, pacing)).toEqual([10, 15, 40, 90])
    expect(times(2, pacing)).toEqual([10, 15, 40])
    expect(times(5, pacing)).toEqual([10, 15, 40, 90, 90])
    expect(times(3, { ...pacing, speed: 2 })).toEqual([5, 7.5, 20, 45])
    expect(times(2, { ttft: 100, gap: 10, speed: 10 })).toEqual([10, 11])
  })

  test('replay what was recorded', () => {
    expect(times(4, { gap: { distribution: 'recorded', values: [5, 7] } })).toEqual([0, 5, 12, 17])
  })

  test('vary by the seed alone, and within the jitter', () => {
    const pacing = { tokensPerSecond: 100, jitter: 0.5 }
    const one = times(50, pacing)
    expect(times(50, pacing)).toEqual(one)
    expect(times(50, pacing, { seed: 2 })).not.toEqual(one)
    const gaps = one.slice(1).map((time, i) => time - one[i]!)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15)
    expect(new Set(gaps).size).toBeGreaterThan(40)
  })
})

describe('distributions', () => {
  const sample = (distribution: Parameters<typeof draw>[0]) => {
    const random = seededRandom(7)
    return Array.from({ length: 20_000 }, (_, i) => draw(distribution, random, i)).toSorted(
      (a, b) => a - b,
    )
  }
  const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!

  test('normal: about its mean, and never negative', () => {
    const values = sample({ distribution: 'normal', mean: 100, deviation: 60 })
    expect(median(values)).toBeCloseTo(100, -1)
    expect(values[0]).toBe(0)
    // 84.1 % of a normal distribution is within one deviation above its mean.
    expect(values[Math.floor(values.length * 0.841)]).toBeCloseTo(160, -1)
  })

  test('lognormal: about its median', () => {
    const values = sample({ distribution: 'lognormal', median: 100, sigma: 0.5 })
    expect(median(values)).toBeCloseTo(100, -1)
    expect(values[Math.floor(values.length * 0.841)]! / 100).toBeCloseTo(Math.exp(0.5), 1)
  })

  test('pareto: never below its least, half of it below least × 2^(1/alpha)', () => {
    const values = sample({ distribution: 'pareto', least: 20, alpha: 2 })
    expect(values[0]).toBeGreaterThanOrEqual(20)
    expect(median(values)).toBeCloseTo(20 * Math.SQRT2, 0)
  })
})

describe('on a virtual clock', () => {
  const SLOW: Scenario = {
    then: {
      bufferWords: 'One moment... ',
      text: Array.from({ length: 100 }, () => 'word').join(' '),
      pacing: { ttft: 5_000, tokensPerSecond: 5 },
    },
  }

  test('an answer of 25 s is over at once, and every chunk comes at its time', async () => {
    const clock = virtualClock()
    const started = performance.now()
    const response = await post(mockFetch({ scenarios: [SLOW], clock }), saying('Hi'))
    const arrivals: { atMs: number; text: string }[] = []
    const decoder = new TextDecoder()
    for await (const bytes of response.body!) {
      arrivals.push({ atMs: clock.now(), text: decoder.decode(bytes) })
    }
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([
      0,
      ...Array.from({ length: 100 }, (_, k) => 5_000 + k * 200),
    ])
    expect(arrivals[0]!.text).toContain('One')
    expect(arrivals.at(-1)!.text).toMatch(/"stop".*\[DONE\]/s)
  })

  test.each<[string, Scenario['then'], number]>([
    ['an error', { error: { status: 503 }, pacing: { ttft: 9_000 } }, 9_000],
    [
      'an error for want of a stream to break off',
      { text: 'Hi.', error: { status: 503, afterTokens: 1 }, pacing: { ttft: 9_000 } },
      9_000,
    ],
    ['an error that has no pace of its own', { error: { status: 503 } }, 0],
  ])('%s comes when it is due', async (_, then, dueMs) => {
    const clock = virtualClock()
    const fetch = mockFetch({ scenarios: [{ then }], clock, pacing: { ttft: 1_000 } })
    const { status } = await post(fetch, saying('Hi', { stream: false }))
    expect([status, clock.now()]).toEqual([503, dueMs])
  })

  test('answers that run side by side keep their own times', async () => {
    const clock = virtualClock()
    const fetch = mockFetch({ scenarios: [SLOW], clock })
    const read = async (user: string) => {
      await (await post(fetch, saying(user))).text()
      return clock.now()
    }
    const ends = await Promise.all([read('a'), read('b'), read('c')])
    expect(ends.map((end) => Math.round(end / 1_000))).toEqual([25, 25, 25])
  })
})
