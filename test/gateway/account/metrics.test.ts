import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { GatewayMetrics } from '../../../src/gateway/account/metrics.ts'
import type { TurnRecord } from '../../../src/gateway/account/turn-record.ts'
import { scrape, watch } from '../../support/scrape.ts'
import { turnRecord, turnRecords } from '../../support/turn-records.ts'

const P = 'soundcheck_gateway_'

test('sums agree with the turns that there were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turnRecords, { maxLength: 30 }), async (records) => {
      const metrics = new GatewayMetrics()
      watch(metrics, records)
      const { total: told } = await scrape(metrics)
      const sum = (of: (record: TurnRecord) => number) =>
        records.reduce((before, record) => before + of(record), 0)
      const given = (of: (record: TurnRecord) => number | null) =>
        sum((each) => (of(each) === null ? 0 : 1))

      for (const outcome of ['answered', 'refused', 'client-left', 'superseded'] as const)
        expect(told(`${P}requests_total`, { outcome })).toBe(
          sum((each) => +(each.outcome === outcome)),
        )
      for (const model of ['a', 'c d'])
        expect(told(`${P}requests_total`, { model })).toBe(sum((each) => +(each.model === model)))
      expect(told(`${P}requests_total`, { key: 'none' })).toBe(sum(({ key }) => +(key === null)))
      expect(told(`${P}requests_in_flight`)).toBe(0)

      expect(told(`${P}request_duration_seconds_count`)).toBe(records.length)
      expect(told(`${P}request_duration_seconds_sum`)).toBeCloseTo(
        sum(({ totalMs }) => totalMs / 1000),
      )
      expect(told(`${P}first_content_seconds_count`)).toBe(
        given(({ firstContentMs }) => firstContentMs),
      )
      expect(told(`${P}first_sentence_seconds_count`)).toBe(
        given(({ firstSentenceMs }) => firstSentenceMs),
      )
      expect(told(`${P}longest_gap_seconds_count`)).toBe(given(({ longestGapMs }) => longestGapMs))
      expect(told(`${P}longest_gap_seconds_sum`)).toBeCloseTo(
        sum(({ longestGapMs }) => (longestGapMs ?? 0) / 1000),
      )

      const paid = ({ cache, isShared }: TurnRecord) => cache !== 'hit' && !isShared
      for (const source of ['upstream', 'counted']) {
        const spent = (type: 'input' | 'output') =>
          sum((each) => (paid(each) && each.usage?.source === source ? each.usage[type] : 0))
        expect(told(`${P}tokens_total`, { type: 'input', source })).toBe(spent('input'))
        expect(told(`${P}tokens_total`, { type: 'output', source })).toBe(spent('output'))
      }

      expect(told(`${P}upstream_attempts_total`)).toBe(sum(({ attempts }) => attempts.length))
      expect(told(`${P}upstream_attempts_total`, { fault: 'late' })).toBe(
        sum(({ attempts }) => attempts.filter(({ fault }) => fault === 'late').length),
      )
      expect(told(`${P}upstream_attempts_total`, { fault: 'none', upstream: 'a' })).toBe(
        sum(
          ({ attempts }) =>
            attempts.filter(({ fault, upstream }) => fault === null && upstream === 'a').length,
        ),
      )
      expect(told(`${P}buffer_words_total`)).toBe(sum(({ bufferWords }) => bufferWords))
      expect(told(`${P}cache_lookups_total`, { result: 'hit' })).toBe(
        sum(({ cache }) => +(cache === 'hit')),
      )
      expect(told(`${P}cache_lookups_total`, { result: 'miss' })).toBe(
        sum(({ cache }) => +(cache === 'miss')),
      )
      expect(told(`${P}shared_answers_total`)).toBe(sum(({ isShared }) => +isShared))
    }),
    { numRuns: 40 },
  )
})

test('what is under way is counted until it is over', async () => {
  const metrics = new GatewayMetrics()
  const ended = metrics.began(turnRecord())
  metrics.began(turnRecord({ model: null }))
  expect((await scrape(metrics)).total(`${P}requests_in_flight`)).toBe(2)
  ended(turnRecord())
  const { total } = await scrape(metrics)
  expect(total(`${P}requests_in_flight`, { model: 'voice' })).toBe(0)
  expect(total(`${P}requests_in_flight`, { model: 'none' })).toBe(1)
})

test('a retry is no fallback, another upstream or another model of one is', async () => {
  const metrics = new GatewayMetrics()
  const attempt = (upstream: string, model: string) =>
    ({ upstream, model, fault: 'failed', why: null, ms: 1 }) as const
  watch(metrics, [
    turnRecord({
      attempts: [attempt('a', 'm'), attempt('a', 'm'), attempt('b', 'm'), attempt('b', 'n')],
    }),
  ])
  const { total } = await scrape(metrics)
  expect(total(`${P}fallbacks_total`)).toBe(2)
  expect(total(`${P}fallbacks_total`, { upstream: 'b' })).toBe(2)
})

test('no label is what a caller chose', async () => {
  const metrics = new GatewayMetrics()
  const named = (i: number) => ({ upstream: 'a', model: `m${i}`, fault: null, why: null, ms: 1 })
  watch(
    metrics,
    Array.from({ length: 300 }, (_, i) =>
      turnRecord({
        id: `r${i}`,
        conversation: `c${i}`,
        model: null,
        key: `k${i}`,
        attempts: [named(i)],
      }),
    ),
  )
  const { values, total } = await scrape(metrics)
  expect(values('model')).toEqual(new Set(['none']))
  expect(values('upstream')).toEqual(new Set(['a']))
  // Names of keys may come from a function.
  expect(values('key').size).toBe(201)
  expect(total(`${P}requests_total`, { key: 'others' })).toBe(100)
})

test('a voice has buckets between a quarter of a second and four', async () => {
  const metrics = new GatewayMetrics()
  watch(metrics, [turnRecord({ firstContentMs: 450 })])
  const { body, contentType } = await metrics.exposition()
  expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(body).toContain(`${P}first_content_seconds_bucket{le="0.4",model="voice"} 0`)
  expect(body).toContain(`${P}first_content_seconds_bucket{le="0.6",model="voice"} 1`)
  for (const le of [0.25, 0.8, 1, 1.5, 2, 3, 4])
    expect(body).toContain(`first_content_seconds_bucket{le="${le}"`)
})

test('the process tells of itself beside each gateway, and is watched once', async () => {
  const first = await scrape(new GatewayMetrics())
  expect(first.names).toContain('process_cpu_seconds_total')
  const watching = vi.spyOn(globalThis, 'setInterval')
  onTestFinished(() => watching.mockRestore())
  const { names } = await scrape(new GatewayMetrics())
  expect(names.filter((name) => name === 'nodejs_eventloop_lag_p99_seconds')).toHaveLength(1)
  expect(watching).not.toHaveBeenCalled()
})
