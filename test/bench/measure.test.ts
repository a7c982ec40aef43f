import { describe, expect, test } from 'vitest'
import { classify } from '../../src/bench/measure/classify.ts'
import { measure } from '../../src/bench/measure/measure.ts'
import { readAnswer } from '../../src/bench/measure/read-answer.ts'
import { speechRules } from '../../src/speech/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { delta, DONE, event, exchangeOf, says } from '../support/exchanges.ts'

const SPEECH = { rule: speechRules['elevenlabs-sentence'], charactersPerSecond: 10 }
const usage = (tokens: number, details = {}) =>
  event({ choices: [], usage: { completion_tokens: tokens, ...details } })

function measured(exchange: Exchange, lagMs = 0) {
  return measure(exchange, readAnswer(exchange), lagMs, SPEECH)
}

function valuesOf(reads: Parameters<typeof exchangeOf>[0], lagMs = 0) {
  return measured(exchangeOf(reads), lagMs).values
}

test('an ordinary answer', () => {
  const { values, gaps } = measured(
    exchangeOf([
      [10, delta({ role: 'assistant', content: '' })],
      [100, says('Hello')],
      [120, says('. ')],
      [150, says('Bye.')],
      [160, `${delta({}, 'stop')}${usage(5)}${event('[DONE]')}`],
    ]),
    7,
  )
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
  const { values, heard } = measured(
    exchangeOf([
      [100, `${says('Hold ')}${says('on. ')}`],
      [3_000, says('Done.')],
      [3_010, DONE],
    ]),
  )
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

describe('mistakes that others made', () => {
  test('1. a chunk with a role only is no first token', () => {
    const values = valuesOf([
      [10, delta({ role: 'assistant' })],
      [20, delta({ content: '' })],
      [90, says('Hi.')],
      [91, DONE],
    ])
    expect(values).toMatchObject({ tt_role: 10, ttft: 90 })
  })

  test('2. reasoning counts for what it is', () => {
    const values = valuesOf([
      [50, delta({ reasoning_content: 'hm' })],
      [900, says('Hi.')],
      [901, DONE],
    ])
    expect(values).toMatchObject({ ttft_any: 50, ttft: 900 })
  })

  test('2. reasoning tokens are not among those of the text', () => {
    const reads = [
      [50, delta({ reasoning: 'hm' })],
      [100, says('One')],
      [200, says(' two.')],
      [201, `${usage(103, { completion_tokens_details: { reasoning_tokens: 98 } })}${DONE}`],
    ] as const
    expect(valuesOf(reads)).toMatchObject({ tpot: 25, tps: 40 })
  })

  test('3. a chunk is not a token: without usage there is no time per token', () => {
    const values = valuesOf([
      [100, says('One two three')],
      [200, says(' four five.')],
      [201, DONE],
    ])
    expect(values).not.toHaveProperty('tpot')
    expect(values).not.toHaveProperty('tps')
  })

  test('5. the wait for the wire is part of what the plan promised', () => {
    const values = valuesOf([[100, `${says('Hi.')}${DONE}`]], 2_000)
    expect(values).toMatchObject({ ttft: 100, ttft_sched: 2_100, e2e_sched: 2_100 })
  })

  test('7. an error within a 200 is a failure', () => {
    const failing = exchangeOf([
      [10, says('Hi')],
      [20, event({ error: { message: 'overloaded' } })],
    ])
    expect(classify(failing, readAnswer(failing))).toBe('error')
  })

  test('7. the answer ends with its text, not with [DONE]', () => {
    const values = valuesOf([
      [100, says('Hi.')],
      [900, DONE],
    ])
    expect(values).toMatchObject({ e2e: 100, close_tail: 801 })
  })

  test('8. a usage chunk moves no first token', () => {
    const values = valuesOf([
      [100, says('Hi.')],
      [500, `${usage(2)}${DONE}`],
    ])
    expect(values).toMatchObject({ ttft: 100, e2e: 100 })
  })

  test('9. any framing the standard allows: CRLF, no space after the colon, comments', () => {
    const body = `: hello\n\n${says('Hi.')}${DONE}`
      .replaceAll('\n', '\r\n')
      .replaceAll('data: ', 'data:')
    const exchange = exchangeOf([[100, body]])
    expect(classify(exchange, readAnswer(exchange))).toBeNull()
    expect(measured(exchange).values).toMatchObject({ ttft: 100 })
  })

  test('10. events of one read have no gaps between them', () => {
    const exchange = exchangeOf([
      [100, `${says('a')}${says('b')}${says('c')}`],
      [180, `${says('d')}${DONE}`],
    ])
    expect(measured(exchange).gaps).toEqual([80])
    expect(readAnswer(exchange)).toMatchObject({ events: 6, coalesced: 4 })
  })
})

test('an event that is split bears the time of its last byte', () => {
  const text = says('Hi.')
  const values = valuesOf([
    [100, text.slice(0, 20)],
    [300, text.slice(20)],
    [301, DONE],
  ])
  expect(values).toMatchObject({ ttfb: 100, ttft: 300 })
})

test('buffer words do not make an endpoint fast', () => {
  const values = valuesOf([
    [5, says('... ')],
    [2_000, says('Yes.')],
    [2_001, DONE],
  ])
  expect(values).toMatchObject({ ttft: 5, ttft_subst: 2_000, ttfs: 2_001 })
})

test('a turn of tool calls only', () => {
  const call = {
    tool_calls: [{ index: 0, id: 'c', function: { name: 'end_call', arguments: '{}' } }],
  }
  const exchange = exchangeOf([
    [80, delta(call)],
    [90, `${delta({}, 'tool_calls')}${event('[DONE]')}`],
  ])
  expect(classify(exchange, readAnswer(exchange))).toBeNull()
  const { values } = measured(exchange)
  expect(values).toMatchObject({ ttft_any: 80, e2e: 80 })
  for (const name of ['ttft', 'ttfs', 'dead_air']) expect(values).not.toHaveProperty(name)
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
  expect(classify(exchange, readAnswer(exchange))).toBe(failure)
})
