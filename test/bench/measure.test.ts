import { describe, expect, test } from 'vitest'
import { classify } from '../../src/bench/measure/classify.ts'
import { ExchangeReading } from '../../src/protocol/index.ts'
import { readAnswer } from '../../src/bench/measure/read-answer.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { delta, DONE, event, exchangeOf, says } from '../support/exchanges.ts'
import { words } from '../support/in-words.ts'
import { measured, usage, valuesOf } from '../support/measured.ts'

describe.each(words)('in $dialect.id', ({ dialect, opening, tells, calls, ends, failure }) => {
  type Reads = Parameters<typeof exchangeOf>[0]
  const timesOf = (reads: Reads) => measured(exchangeOf(reads), 0, dialect).values
  const classOf = (reads: Reads) => {
    const exchange = exchangeOf(reads)
    return classify(exchange, readAnswer(new ExchangeReading(exchange, dialect)))
  }

  test('an ordinary answer', () => {
    const reads: Reads = [
      [10, opening],
      [100, tells('Hello')],
      [120, tells('. ')],
      [150, tells('Bye.')],
      [160, ends(5)],
    ]
    expect(classOf(reads)).toBeNull()
    const { values, gaps } = measured(exchangeOf(reads), 7, dialect)
    expect(values).toEqual({
      ttft: 100,
      ttft_sched: 107,
      ttft_any: 100,
      ttft_subst: 100,
      ttfs: 120,
      first_unit_chars: 6,
      voice_start: 120,
      dead_air: 0,
      dead_air_count: 0,
      ttfb: 10,
      tth: 1,
      tt_role: 10,
      stall: 30,
      tpot: 12.5,
      tps: 80,
      tokens_per_chunk: 5 / 3,
      e2e: 150,
      e2e_sched: 157,
      close_tail: 11,
      lag: 7,
    })
    expect(gaps).toEqual([20, 30])
  })

  test('dead air is what the caller hears', () => {
    const exchange = exchangeOf([
      [100, `${tells('Hold ')}${tells('on. ')}`],
      [3_000, tells('Done.')],
      [3_010, ends()],
    ])
    const { values, heard } = measured(exchange, 0, dialect)
    // 8 characters last to 900; the next unit is certain at 3010.
    expect(values).toMatchObject({ dead_air: 2_110, dead_air_count: 1 })
    expect(heard).toEqual({
      spoken: [
        { atMs: 100, durationMs: 800 },
        { atMs: 3_010, durationMs: 500 },
      ],
      silences: [{ atMs: 900, durationMs: 2_110 }],
      deadAirMs: 2_110,
      textMs: [100, 3_000],
    })
  })

  test('nothing but text that says something is first: no empty piece, no buffer words', () => {
    const values = timesOf([
      [2, opening],
      [3, tells('')],
      [5, tells('... ')],
      [2_000, tells('Yes.')],
      [2_001, ends()],
    ])
    expect(values).toMatchObject({ ttft: 5, ttft_any: 5, ttft_subst: 2_000, ttfs: 2_001 })
  })

  test('a turn of tool calls only', () => {
    const reads: Reads = [
      [80, calls('end_call')],
      [90, ends()],
    ]
    expect(classOf(reads)).toBeNull()
    const values = timesOf(reads)
    expect(values).toMatchObject({ ttft_any: 80, e2e: 80 })
    for (const name of ['ttft', 'ttfs', 'dead_air']) expect(values).not.toHaveProperty(name)
  })

  test('tokens of tool calls are not those of text', () => {
    const onlyCalls = timesOf([[80, `${calls('f')}${ends(40)}`]])
    const withText = timesOf([
      [50, tells('One')],
      [70, tells(' moment.')],
      [80, `${calls('f')}${ends(40)}`],
    ])
    for (const name of ['tpot', 'tps', 'tokens_per_chunk']) {
      expect(onlyCalls).not.toHaveProperty(name)
      expect(withText).not.toHaveProperty(name)
    }
  })

  test('tokens of reasoning are not those of text', () => {
    const values = timesOf([
      [100, tells('One')],
      [200, `${tells(' two.')}${ends(45, 40)}`],
    ])
    expect(values).toMatchObject({ tpot: 25, tokens_per_chunk: 2.5 })
  })

  test('text that came all at once has no pace', () => {
    const values = timesOf([[900, `${tells('One ')}${tells('two.')}${ends(4)}`]])
    expect(values).toMatchObject({ tokens_per_chunk: 2 })
    for (const name of ['tpot', 'tps']) expect(values).not.toHaveProperty(name)
  })

  test('how an answer fails', () => {
    expect(classOf([[10, opening + tells('Hi.')]])).toBe('cut')
    expect(classOf([[10, `${opening}${tells('Hi')}${failure}`]])).toBe('error')
    expect(classOf([[10, `${opening}${ends()}`]])).toBe('empty')
    expect(classOf([[10, `data: {"typ\n\n${tells('Hi.')}${ends()}`]])).toBe('malformed')
  })
})

describe('what usage says of tokens', () => {
  const answered = (end: string) =>
    valuesOf([
      [100, says('One')],
      [200, says(' two.')],
      [201, `${end}${DONE}`],
    ])
  const details = (reasoning: unknown) => ({
    completion_tokens_details: { reasoning_tokens: reasoning },
  })

  test('a later usage that says nothing takes nothing back', () => {
    expect(answered(`${usage(5)}${usage(0)}`)).toMatchObject({ tpot: 25 })
  })

  test.each([{ toString: 1, valueOf: 1 }, '4', true, -4, 0.5])(
    'reasoning tokens of %j are none',
    (reasoning) => expect(answered(usage(5, details(reasoning)))).toMatchObject({ tpot: 25 }),
  )

  test('more reasoning than completion says nothing of the text', () => {
    const values = answered(usage(5, details(90)))
    for (const name of ['tpot', 'tps', 'tokens_per_chunk']) expect(values).not.toHaveProperty(name)
  })
})

const failed = { how: 'failed', atMs: 5, code: 'X', message: 'x' } as const
const status = (code: number) => ({ status: code, statusText: '', headers: [], atMs: 1 })
test.each<[string | null, string, Parameters<typeof exchangeOf>[0], Partial<Exchange>]>([
  [null, 'a good one', [[10, `${says('Hi.')}${DONE}`]], {}],
  [
    'connect',
    'nothing listens',
    [],
    { end: { ...failed, reason: 'refused' }, connectMs: null, response: null },
  ],
  ['timeout', 'no end', [[10, says('Hi.')]], { end: { how: 'timeout', atMs: 20_000 } }],
  ['status', 'a refusal', [[10, '{}']], { response: status(500) }],
  ['cut', 'a reset', [[10, says('Hi.')]], { end: { ...failed, reason: 'reset' } }],
  ['cut', 'no finish reason', [[10, `${says('Hi.')}${event('[DONE]')}`]], {}],
  ['malformed', 'not HTTP', [], { end: { ...failed, reason: 'malformed' } }],
  ['malformed', 'a page', [[10, '<html>']], {}],
  ['malformed', 'broken JSON', [[10, `data: {"cho\n\n${says('Hi.')}${DONE}`]], {}],
  ['error', 'a failure for a reason', [[10, `${says('Hi')}${delta({}, 'error')}`]], {}],
  ['empty', 'nothing said', [[10, DONE]], {}],
  ['contract', 'no [DONE]', [[10, `${says('Hi.')}${delta({}, 'stop')}`]], {}],
  [
    null,
    'held open after [DONE]',
    [[10, `${says('Hi.')}${DONE}`]],
    { end: { how: 'held-open', atMs: 1_600 } },
  ],
])('%s: %s', (failure, _, reads, rest) => {
  const exchange = exchangeOf(reads, rest)
  expect(classify(exchange, readAnswer(new ExchangeReading(exchange)))).toBe(failure)
})
