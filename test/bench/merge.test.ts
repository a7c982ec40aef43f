import { describe, expect, test } from 'vitest'
import {
  benchmark,
  type BenchReport,
  type Load,
  merge,
  parseMoment,
  questionRequests,
} from '../../src/bench/index.ts'
import { lognormal, reportOf } from '../support/bench-reports.ts'
import { referenceServer } from '../support/reference-server.ts'

const VALUES = lognormal(600, 300, 0.4, 5)
const BUDGETS = ['ttft p(99)<2000', 'errors<0.01']

/** What each of so many shards would report of these values. */
function shardsOf(count: number): BenchReport[] {
  return Array.from({ length: count }, (_, index) =>
    reportOf(
      VALUES.filter((__, i) => i % count === index),
      { plan: { shard: { index, count } }, budgets: BUDGETS },
    ),
  )
}

test('three shards are one run: same requests, same histograms, same verdict', () => {
  const whole = reportOf(VALUES, { budgets: BUDGETS })
  const merged = merge(shardsOf(3).toReversed())
  expect(merged.requests.attempted).toBe(600)
  for (const name of ['ttft', 'icl'] as const) {
    const { hdr, count, p50, p99, min, max } = whole.metrics[name]
    expect(merged.metrics[name]).toMatchObject({ hdr, count, p50, p99, min, max })
    expect(new Set(merged.metrics[name].sample)).toEqual(new Set(whole.metrics[name].sample))
  }
  expect(merged.budgets).toEqual(whole.budgets)
  expect(merged).toMatchObject({ verdict: 'pass', plan: { shard: null } })
  // A shard by itself has too few requests to tell.
  expect(shardsOf(3)[0]!.verdict).toBe('inconclusive')
})

test('the worst dead air of all shards is the worst of the run, and the first of several', () => {
  const shards = [[100], [700], [700, 50]].map((deadAir, index) =>
    reportOf([300, 300], { plan: { shard: { index, count: 3 } }, deadAir }),
  )
  // Tell those two apart.
  shards[2]!.deadAirExample!.textMs.push(9_999)
  expect(merge(shards).deadAirExample).toEqual(shards[1]!.deadAirExample)
  expect(merge(shards.toReversed()).deadAirExample).toEqual(shards[2]!.deadAirExample)
  expect(merge([reportOf([1])])).not.toHaveProperty('deadAirExample')
})

test('failures are counted by kind, with what the first shard saw of each', () => {
  const [first, second] = shardsOf(2)
  const status = (count: number, seen: string) => ({
    name: 'status 503',
    failure: 'status' as const,
    count,
    seen,
  })
  const merged = merge([
    { ...first!, failures: [status(2, 'a')] },
    { ...second!, failures: [status(3, 'b'), { ...status(1, 'c'), name: 'cut', failure: 'cut' }] },
  ])
  expect(merged.failures).toEqual([
    status(5, 'a'),
    { name: 'cut', failure: 'cut', count: 1, seen: 'c' },
  ])
})

describe('three shards send what one run sends, and what does not depend on the clock adds up', () => {
  test.each<[string, Load, number | null]>([
    ['open', { kind: 'open', spacing: 'poisson', ratePerSecond: 60 }, null],
    ['closed', { kind: 'closed', concurrency: 5 }, 50],
  ])('%s', async (_, load, requests) => {
    const url = await referenceServer()
    const run = async (shard?: { index: number; count: number }) => {
      const sent: string[] = []
      const report = await benchmark({
        url,
        load,
        seed: 7,
        calibrate: false,
        extent: { warmupMs: 0, durationMs: requests === null ? 1_000 : 20_000, requests },
        judge: ({ exchange: { id, request } }) => {
          sent.push(`${id} ${request.body}`)
          return null
        },
        ...(shard && { shard }),
      })
      return { sent, report }
    }
    const whole = await run()
    const parts = await Promise.all([0, 1, 2].map((index) => run({ index, count: 3 })))
    expect(whole.sent.length).toBeGreaterThan(30)
    expect(parts.flatMap(({ sent }) => sent).toSorted()).toEqual(whole.sent.toSorted())
    const merged = merge(parts.map(({ report }) => report))
    expect(merged.requests).toMatchObject({ attempted: whole.sent.length, ok: whole.sent.length })
    for (const name of ['first_unit_chars', 'tokens_per_chunk'] as const) {
      expect(merged.metrics[name].count).toBe(whole.sent.length)
      // Coalescing moves times, not texts.
      expect(merged.metrics[name].hdr).toBe(whole.report.metrics[name].hdr)
    }
  })
})

test('an instrument that was measured before one part of a run is known for all', () => {
  const parts = [undefined, 7, 3, undefined].map((ttftErrorP99, second) => ({
    ...reportOf([300, 300], ttftErrorP99 === undefined ? {} : { ttftErrorP99 }),
    startedAt: `2026-01-01T00:00:0${second}.000Z`,
  }))
  expect(merge(parts).instrument).toMatchObject({ calibrated: true, ttftErrorP99: 7 })
  // A shard that was not measured may have had the slowest machine.
  const shards = [undefined, 7].map((ttftErrorP99, index) =>
    reportOf([300], {
      plan: { shard: { index, count: 2 } },
      ...(ttftErrorP99 !== undefined && { ttftErrorP99 }),
    }),
  )
  expect(merge(shards).instrument).toMatchObject({ calibrated: false })
})

test('what one shard does not know of its instrument, nobody knows', () => {
  const shards = [null, 7].map((ttftErrorP99, index) =>
    reportOf([300], { plan: { shard: { index, count: 2 } }, ttftErrorP99 }),
  )
  expect(merge(shards).instrument).toMatchObject({ ttftErrorP99: null, verdict: 'void' })
})

test('a machine that was busy in one part of a run leaves doubt in the whole', () => {
  const busy = [undefined, { share: 0.2, wokeLateP99: 9 }, { share: 0.7, wokeLateP99: 4 }]
  const parts = busy.map((each, second) => ({
    ...reportOf([300, 300], each && { busy: each }),
    startedAt: `2026-01-01T00:00:0${second}.000Z`,
  }))
  expect(merge(parts).instrument).toMatchObject({
    busy: { share: expect.closeTo(0.3), wokeLateP99: 9 },
    verdict: 'warn',
  })
  expect(merge(parts.slice(0, 1)).instrument).not.toHaveProperty('busy')
})

test('what was sent again adds up', () => {
  const shards = shardsOf(2).map((shard) => ({ ...shard, cold: { ...shard.cold, resent: 2 } }))
  expect(merge(shards).cold.resent).toBe(4)
})

describe('shards that did not measure at the same time', () => {
  /** Two shards of a minute, with these starts, in seconds. */
  const shards = (...starts: number[]) =>
    starts.map((start, index) =>
      reportOf(VALUES, {
        plan: { shard: { index, count: starts.length }, warmupMs: 5_000 },
        startedAt: new Date(Date.UTC(2026, 0, 1) + start * 1_000).toISOString(),
        durationMs: 60_000,
      }),
    )

  test('one after the other: refused, with what to do', () => {
    expect(() => merge(shards(0, 66))).toThrow(
      'shard 1 began to measure 6.0 s after shard 0 had ended, so the endpoint never had the load of the plan: run all shards at the same time, with the same --start-at',
    )
    expect(() => merge(shards(500, 0, 3))).toThrow('shard 0 began to measure 440.0 s after shard 1')
  })

  test('one late: no proof, and how late', () => {
    for (const starts of [
      [0, 12],
      [12, 0, 1],
      [0, 61],
    ]) {
      const { verdict, reasons } = merge(shards(...starts))
      expect(verdict).toBe('inconclusive')
      expect(reasons).toEqual([
        expect.stringMatching(/^shard \d began to measure \d+\.0 s after sh/),
      ])
    }
  })

  test('as late as clocks differ: together, and as long as both took', () => {
    const merged = merge(shards(0, 3))
    expect(merged).toMatchObject({ verdict: 'pass', reasons: [], durationMs: 63_000 })
  })

  test('parts of a run follow each other anyway', () => {
    const parts = [0, 500].map((start) => ({
      ...shards(start)[0]!,
      plan: reportOf([]).plan,
    }))
    expect(merge(parts)).toMatchObject({ verdict: 'pass', reasons: [] })
  })
})

describe('a moment to start at', () => {
  const run = async (startAt: number, extent = { warmupMs: 0, durationMs: 5_000, requests: 20 }) =>
    benchmark({ url: await referenceServer(), calibrate: false, extent, startAt })

  test('that is to come: the report begins then', async () => {
    const startAt = Date.now() + 3_000
    const { startedAt, reasons } = await run(startAt)
    const lateMs = Date.parse(startedAt) - startAt
    expect(lateMs).toBeGreaterThan(-50)
    expect(lateMs).toBeLessThan(10_000)
    // A busy machine may be late, which is told.
    expect(reasons.join('\n').includes('the run began')).toBe(lateMs >= 1_000)
  })

  test('that is past, within the run: it starts at once, and says how late', async () => {
    const { startedAt, verdict, reasons } = await run(Date.now() - 3_000, {
      warmupMs: 0,
      durationMs: 60_000,
      requests: 20,
    })
    expect(Date.parse(startedAt)).toBeGreaterThan(Date.now() - 60_000)
    expect(verdict).toBe('pass')
    expect(reasons).toContainEqual(
      expect.stringMatching(/^the run began [3-9]\.\d s after the moment at which all shards/),
    )
  })

  test('by which the run would be over: nothing is sent', async () => {
    await expect(run(Date.now() - 5_001)).rejects.toThrow(
      /^the run should have started at 20.*Z, and would be over: it is 20.*Z now; give all shards/,
    )
  })

  test.each([
    ['2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['1769860800', 1_769_860_800_000],
    // Milliseconds, and what JavaScript takes for days.
    ['1769860800000', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['2026-02-31T25:00:00Z', undefined],
  ])('written as "%s"', (text, moment) => {
    expect(parseMoment(text)).toBe(moment)
  })
})

test('what a run depends on is in its report, without secrets', async () => {
  const report = await benchmark({
    url: await referenceServer(),
    calibrate: false,
    extent: { warmupMs: 0, durationMs: 5_000, requests: 1 },
    timeoutMs: 7_000,
    headers: [['X-Tier', 'sesame-1234-abcd']],
  })
  expect(report).toMatchObject({ plan: { timeoutMs: 7_000 }, target: { headers: ['x-tier'] } })
  expect(JSON.stringify(report)).not.toContain('sesame')
})

test('what is asked is known by its length and a digest that tells nothing', async () => {
  const url = await referenceServer()
  const extent = { warmupMs: 0, durationMs: 5_000, requests: 1 }
  const asking = async (system: string) => {
    const requests = questionRequests(['Hello?'], system)
    return (await benchmark({ url, calibrate: false, extent, requests })).plan.asked!
  }
  const [short, again, long] = [
    await asking('Be brief.'),
    await asking('Be brief.'),
    await asking('Be brief. '.repeat(100)),
  ]
  expect(short).toEqual(again)
  expect(short).toMatchObject({ requests: 1, digest: expect.stringMatching(/^[0-9a-f]{8}$/) })
  expect(long.meanCharacters - short.meanCharacters).toBe(991)
  expect(long.digest).not.toBe(short.digest)
})

describe('what does not belong together', () => {
  test.each([
    ['nothing', [], 'no reports'],
    ['a shard short', shardsOf(3).slice(1), 'shard 0 of 3 is missing'],
    ['a shard twice', [...shardsOf(2), shardsOf(2)[0]!], 'shard 0 of 2 is given twice'],
    [
      'one in place of the other',
      [shardsOf(2)[0]!, shardsOf(2)[0]!],
      'twice, and shard 1 is missing',
    ],
    ['a whole run twice', [reportOf([1]), reportOf([1])], 'is given twice'],
    [
      'other plans',
      [reportOf([1]), reportOf([1], { plan: { concurrency: 2 } })],
      'not of one run: concurrency was 1, then 2. All of its parts have the same target',
    ],
    [
      'other requests',
      ['a', 'b'].map((digest) =>
        reportOf([1], { plan: { asked: { requests: 1, meanCharacters: 9, digest } } }),
      ),
      'what was asked was 1 request of 9 characters (a), then 1 request of 9 characters (b)',
    ],
    [
      'a contract that only one was held against',
      [reportOf([1], { judged: true }), reportOf([1])],
      'contract was checked, then not checked',
    ],
    [
      'other limits',
      [20_000, 5_000].map((timeoutMs) => reportOf([1], { plan: { timeoutMs } })),
      'time limit was 20 s, then 5 s',
    ],
    [
      'other budgets',
      [reportOf([1]), reportOf([1], { budgets: BUDGETS })],
      'budgets was none, then "ttft p(99)<2000", "errors<0.01"',
    ],
    [
      'other voices',
      [reportOf([1]), reportOf([1], { ttsDelayMs: 9 })],
      'time to the first sound of the voice was 0 ms, then 9 ms',
    ],
  ])('%s', (_, reports, message) => {
    expect(() => merge(reports)).toThrow(message)
  })
})
