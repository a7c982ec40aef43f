import { expect, test } from 'vitest'
import { chat, dialects } from '../../src/protocol/index.ts'
import {
  calibrate,
  calibrationBodies,
  calibrationLoad,
} from '../../src/bench/instrument/calibrate.ts'
import { instrumentError } from '../../src/bench/instrument/instrument-error.ts'
import { judgeInstrument } from '../../src/bench/instrument/judge-instrument.ts'
import { verdictOf } from '../../src/bench/result/verdict-of.ts'
import { event, exchangeOf } from '../support/exchanges.ts'

test.each([
  [0.3, 1, 100, 'ok', /^$/],
  [0.7, 1, 100, 'warn', /busy for 70 % of the time/],
  [0.9, 1, 100, 'void', /busy for 90 % of the time.*--shard/],
  [0.3, 11, 100, 'void', /adds up to 11.0 ms.*a tenth of the 100 ms budget/],
  [0.3, 11, null, 'ok', /^$/],
  [0.3, null, null, 'void', /^the instrument got none of its own answers back in time/],
] as const)('busy %f, error %f ms, budget %s: %s', (busy, error, budgetMs, verdict, reason) => {
  const seen = { eventLoopUtilization: busy, ttftErrorP99: error }
  const judged = judgeInstrument({ calibrated: true, ...seen }, budgetMs)
  expect(judged.verdict).toBe(verdict)
  expect(judged.reasons.join()).toMatch(reason)
})

test('an instrument that nobody asked to measure itself is taken at its word', () => {
  const seen = { calibrated: false, eventLoopUtilization: 0.3, ttftErrorP99: null }
  expect(judgeInstrument(seen, 100).verdict).toBe('ok')
})

test('a void instrument proves no endpoint slow, but failures are failures', () => {
  const instrument = { verdict: 'void', reasons: ['too busy'] } as const
  const broken = (of: 'ttft' | 'errors') => ({
    expression: `${of} p(95)<100`,
    of,
    verdict: 'fail' as const,
    reason: null,
    needed: null,
  })
  const endings = { attempted: 100, ok: 100, failures: [], mayFail: true }
  expect(verdictOf([broken('ttft')], instrument, endings, null)).toEqual({
    verdict: 'inconclusive',
    reasons: ['too busy'],
  })
  expect(verdictOf([broken('errors')], instrument, endings, null).verdict).toBe('over-budget')
})

test('the error is what lies between the sending and the stamp', () => {
  const calibration = (rx: number, due: number, t: number) =>
    event({ choices: [], calibration: { rx, due, t } })
  // The request went out at 1000, was there at 1001; events left at 1051 and 1075.
  const exchange = exchangeOf([
    [52, calibration(1_001, 1_050, 1_051)],
    [78, calibration(1_001, 1_070, 1_075)],
  ])
  expect(instrumentError(exchange, 1_000)).toEqual({
    added: [1, 3],
    ttft: 2,
    serverLate: [1, 5],
  })
  expect(instrumentError(exchangeOf([[1, event('[DONE]')]]), 1_000)).toBeUndefined()
})

test('answers to calibrate with have the shape that was seen, out of step and not too long', () => {
  const bodies = calibrationBodies({ firstMs: 4_000, gapMs: 20, events: 10_000 })
  const firsts = bodies.map(({ calibration }) => calibration.dueMs[0]!)
  expect(new Set(firsts).size).toBe(bodies.length)
  expect(Math.max(...bodies.flatMap(({ calibration }) => calibration.dueMs))).toBeLessThan(1_600)
})

test.each([
  ['long', { firstMs: 500, gapMs: 20, events: 400 }],
  ['slow to begin', { firstMs: 4_000, gapMs: 20, events: 50 }],
  ['short', { firstMs: 50, gapMs: 10, events: 10 }],
])('%s answers: as many streams and events at a time as in the run', (_, shape) => {
  const load = { kind: 'open', spacing: 'poisson', ratePerSecond: 3, toRatePerSecond: 6 } as const
  const answers = calibrationBodies(shape).map(({ calibration }) => calibration.dueMs)
  const meanMs = answers.reduce((sum, dueMs) => sum + dueMs.at(-1)!, 0) / answers.length
  const wholeMs = shape.firstMs + shape.events * shape.gapMs
  const often = calibrationLoad(load, shape)
  if (often.kind !== 'open') throw new Error('by the clock, too')
  for (const rate of ['ratePerSecond', 'toRatePerSecond'] as const) {
    const streams = (load[rate] * wholeMs) / 1_000
    expect(Math.abs((often[rate]! * meanMs) / 1_000 / streams - 1), rate).toBeLessThan(0.1)
    const eventsPerSecond = often[rate]! * answers[0]!.length
    expect(Math.abs(eventsPerSecond / (load[rate] * shape.events) - 1), rate).toBeLessThan(0.1)
  }
})

test('so many at a time remain so many, however long answers are', () => {
  const load = { kind: 'closed', concurrency: 7 } as const
  expect(calibrationLoad(load, { firstMs: 9_000, gapMs: 20, events: 400 })).toEqual(load)
})

test('an instrument measures itself under the part of the load that it is to bear', async () => {
  const reading = await calibrate({
    dialect: chat,
    load: { kind: 'closed', concurrency: 600 },
    shard: { index: 0, count: 300 },
    shape: { firstMs: 20, gapMs: 10, events: 5 },
    durationMs: 100,
    abort: new AbortController().signal,
  })
  // All of it would take two.
  expect(reading.threads).toBe(1)
})

const BRIEFLY = {
  dialect: chat,
  load: { kind: 'closed', concurrency: 4 },
  shard: undefined,
  shape: { firstMs: 50, gapMs: 10, events: 10 },
  durationMs: 500,
} as const

test.each(dialects)('an instrument measures itself in $id', async (dialect) => {
  const reading = await calibrate({ ...BRIEFLY, dialect, abort: new AbortController().signal })
  expect(reading.threads).toBe(1)
  // An event cannot be seen before it was sent.
  expect(reading.addedP50).toBeGreaterThan(0)
  expect(reading.addedP99).toBeGreaterThanOrEqual(reading.addedP50!)
  expect(reading.ttftErrorP50).toBeGreaterThan(0)
})

test('an instrument that gets no answer of its own knows no error', async () => {
  const reading = await calibrate({ ...BRIEFLY, abort: AbortSignal.abort() })
  expect(reading).toMatchObject({ addedP99: null, ttftErrorP50: null, ttftErrorP99: null })
})
