import { describe, expect, test } from 'vitest'
import type { LaneLoad } from '../../src/bench/lane/lane-messages.ts'
import { dueTimes } from '../../src/bench/plan/arrivals.ts'
import { parseMoment } from '../../src/bench/plan/parse-moment.ts'
import { parseShard } from '../../src/bench/plan/parse-shard.ts'
import { planLanes } from '../../src/bench/plan/plan-lanes.ts'
import type { Load } from '../../src/bench/plan/load.ts'

describe('arrivals', () => {
  test('constant: evenly', () => {
    const times = dueTimes({ spacing: 'constant', ratePerSecond: [4, 4], durationMs: 1_000 }, 1)
    expect(times).toEqual([0, 250, 500, 750])
  })

  test('a ramp from 0 to 10 a second brings 50 in 10 s, a quarter of them by half time', () => {
    const times = dueTimes(
      { spacing: 'constant', ratePerSecond: [0.001, 10], durationMs: 10_000 },
      1,
    )
    expect(times).toHaveLength(51)
    const early = times.filter((time) => time < 5_000)
    expect(early.length / times.length).toBeCloseTo(0.25, 1)
  })

  test('poisson: gaps are exponential', () => {
    const times = dueTimes(
      { spacing: 'poisson', ratePerSecond: [100, 100], durationMs: 200_000 },
      7,
    )
    const gaps = times.slice(1).map((time, i) => time - times[i]!)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    expect(mean).toBeGreaterThan(9.8)
    expect(mean).toBeLessThan(10.2)
    // Of an exponential distribution, 1/e of all values exceed the mean.
    expect(gaps.filter((gap) => gap > 10).length / gaps.length).toBeCloseTo(Math.exp(-1), 2)
  })

  test('poisson: seeds that are small and alike bring short runs their share', () => {
    const plan = { spacing: 'poisson', ratePerSecond: [40, 40], durationMs: 1_000 } as const
    const counts = Array.from({ length: 200 }, (_, seed) => dueTimes(plan, seed).length)
    // The standard error of the mean is sqrt(40 / 200), 0.45.
    expect(counts.reduce((sum, count) => sum + count, 0) / 200).toBeCloseTo(40, -0.5)
    expect(counts.filter((count) => count > 40).length).toBeGreaterThan(60)
  })

  test('the same seed, the same times; another seed, others', () => {
    const plan = { spacing: 'poisson', ratePerSecond: [10, 10], durationMs: 5_000 } as const
    expect(dueTimes(plan, 3)).toEqual(dueTimes(plan, 3))
    expect(dueTimes(plan, 3)).not.toEqual(dueTimes(plan, 4))
  })
})

const EXTENT = { warmupMs: 500, durationMs: 10_000, requests: null }
const OPEN: Load = { kind: 'open', spacing: 'poisson', ratePerSecond: 300 }

function sends(loads: readonly LaneLoad[]): string[] {
  return loads.flatMap((load) =>
    load.kind === 'open' ? Array.from(load.dueMs, (due, i) => `${load.indexes[i]}@${due}`) : [],
  )
}

test.each([1, 2, 3, 5])('%i shards send what one run sends, no more and no less', (count) => {
  const whole = sends(planLanes(OPEN, EXTENT, 42)).toSorted()
  const parts = Array.from({ length: count }, (_, index) =>
    sends(planLanes(OPEN, EXTENT, 42, { index, count })),
  ).flat()
  expect(whole.length).toBeGreaterThan(3_000)
  expect(parts.toSorted()).toEqual(whole)
})

test.each([3, 7, 600, 2_000])('a closed loop of %i has so many slots', (concurrency) => {
  const loads = [0, 1, 2].flatMap((index) =>
    planLanes({ kind: 'closed', concurrency }, EXTENT, 0, { index, count: 3 }),
  )
  const slots = loads.reduce((sum, load) => sum + (load.kind === 'closed' ? load.slots : 0), 0)
  expect(slots).toBe(concurrency)
})

test.each([
  ['0/1', { index: 0, count: 1 }],
  ['2/3', { index: 2, count: 3 }],
  ['3/3', undefined],
  ['0/0', undefined],
  ['-1/3', undefined],
  ['1', undefined],
])('the shard %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard)
})

test.each([
  ['2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
  ['1769860800', Date.UTC(2026, 0, 31, 12)],
  ['soon', undefined],
  ['99999999999999999999', undefined],
])('the moment %s', (text, moment) => {
  expect(parseMoment(text)).toBe(moment)
})
