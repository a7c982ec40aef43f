import pMap from 'p-map'
import { describe, expect, test } from 'vitest'
import { findFault } from '../../src/conformance/index.ts'
import {
  type ChatRequest,
  mockFetch,
  type Pacing,
  recordScenarios,
  type Scenario,
  virtualClock,
} from '../../src/mocks/index.ts'
import { parseScenarios, writeScenarios } from '../../src/mocks/node.ts'
import { literal } from '../../src/mocks/scenario/literal.ts'
import {
  chat,
  type Dialect,
  dialects,
  ExchangeReading,
  type JsonObject,
  responses,
} from '../../src/protocol/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { record } from '../../src/wire/node.ts'
import { post } from '../support/chat.ts'
import { delta, DONE, exchangeOf, says } from '../support/exchanges.ts'
import { referenceServer } from '../support/reference-server.ts'

const asked = (
  messages: ChatRequest['messages'],
  rest: Partial<ChatRequest> = {},
): ChatRequest => ({
  model: 'm',
  stream: true,
  messages,
  ...rest,
})
const user = (content: string) => ({ role: 'user' as const, content })
const assistant = (content: string) => ({ role: 'assistant' as const, content })

async function recorded(
  url: string,
  requests: readonly ChatRequest[],
  { path, makeRequest }: Dialect = chat,
): Promise<Exchange[]> {
  return pMap(
    requests,
    (request, i) =>
      record(
        {
          method: 'POST',
          url: `${url}${path}`,
          headers: [['content-type', 'application/json']],
          body: JSON.stringify(makeRequest(request as unknown as JsonObject)),
        },
        { id: `call-${i}`, probe: 'test', timeoutMs: 30_000 },
      ),
    { concurrency: 4 },
  )
}

function named(exchanges: readonly Exchange[]) {
  return exchanges.map((exchange) => ({ name: exchange.id, exchange }))
}

/** What an answer says, and when each piece of it came. */
function told(exchange: Exchange, dialect: Dialect = chat) {
  const { stream, reading } = new ExchangeReading(exchange, dialect)
  const [choice] = reading.choices
  return {
    status: exchange.response!.status,
    text: choice?.text,
    reasoning: choice?.reasoning,
    calls: choice?.calls.map(({ id, name, arguments: args }) => ({ id, name, args })),
    finishReason: choice?.finishReason,
    whole:
      reading.pieces.length > 0
        ? undefined
        : Buffer.concat(exchange.arrivals.map(({ bytes }) => bytes)).toString(),
    times: reading.pieces
      .filter(({ kind }) => kind !== 'filler' && kind !== 'usage')
      .map(({ event }) => stream.events[event]!.atMs!),
  }
}

const TOOLS = ['lookup_order', 'end_call'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object' } },
}))

const PACES: Pacing[] = [
  { ttft: 40, tokensPerSecond: 100 },
  { ttft: { distribution: 'lognormal', median: 60, sigma: 0.4 }, gap: 12, jitter: 0.5 },
  {
    ttft: 10,
    gap: { distribution: 'pareto', least: 4, alpha: 1.5 },
    stalls: [{ after: 3, ms: 120 }],
  },
]

/** Fifty requests, of calls that go on, with what answers them. */
function fifty(): { scenarios: Scenario[]; requests: ChatRequest[] } {
  const scenarios: Scenario[] = []
  const requests: ChatRequest[] = []
  for (let caller = 0; caller < 10; caller++) {
    const pacing = PACES[caller % PACES.length]!
    const history: ChatRequest['messages'][number][] = [{ role: 'system', content: 'You are Ava.' }]
    for (let turn = 0; turn < 5; turn++) {
      history.push(user(`Caller ${caller} asks (number ${turn}): what is {{this}}?`))
      const answer = `Answer ${turn} to caller ${caller}. It is {{that}}, and it costs $5.`
      const call = {
        id: `call_${caller}_${turn}`,
        name: 'lookup_order',
        arguments: { order: `{{${turn}}}` },
      }
      const spec =
        turn === 1
          ? { text: 'One moment. ', calls: [{ ...call, arguments: '{"order":  7}' }] }
          : turn === 2
            ? { reasoning: 'They want to know it. ', text: 'Yes.', finishReason: 'length' as const }
            : turn === 3 && caller === 0
              ? { error: { status: 429, message: 'Slow down.', headers: { 'retry-after': '2' } } }
              : { text: literal(`${answer} Really.`) }
      scenarios.push({
        when: { user: `Caller ${caller} asks (number ${turn})` },
        then: { ...spec, pacing },
      })
      requests.push(asked([...history], { tools: TOOLS }))
      history.push(assistant(answer))
    }
  }
  return { scenarios, requests }
}

/** Asks a mock on a clock that stands still while nothing is due, so that no machine adds to the times. */
async function asDue(
  scenarios: readonly Scenario[],
  request: ChatRequest,
  { path, makeRequest }: Dialect,
): Promise<Exchange> {
  const clock = virtualClock()
  const fetch = mockFetch({ scenarios, strict: true, clock, findFault })
  const asking = makeRequest(request as unknown as JsonObject) as unknown as ChatRequest
  const response = await post(fetch, asking, {}, `https://mock.test/v1${path}`)
  const reads: Exchange['arrivals'][number][] = []
  for await (const bytes of response.body!) reads.push({ atMs: clock.now(), bytes })
  const { status, statusText } = response
  const headers = [...response.headers]
  return exchangeOf([], { response: { status, statusText, headers, atMs: 0 }, arrivals: reads })
}

test.each(dialects)(
  'fifty recorded exchanges, in $id, are served again as they were',
  async (dialect) => {
    const { scenarios, requests } = fifty()
    const first = await recorded(
      await referenceServer({ scenarios, strict: true }),
      requests,
      dialect,
    )
    const made = recordScenarios(named(first))
    expect(made.notes).toEqual([])
    const read = await parseScenarios(await writeScenarios(made.scenarios), 'made.yaml')
    const url = await referenceServer({ scenarios: read, strict: true })
    const second = await recorded(url, requests, dialect)

    for (const [i, exchange] of first.entries()) {
      const { times: before, ...said } = told(exchange, dialect)
      const { times: due, ...planned } = told(await asDue(read, requests[i]!, dialect), dialect)
      const { times: after, ...again } = told(second[i]!, dialect)
      expect(planned).toEqual(said)
      expect(again).toEqual(said)
      expect(due).toHaveLength(before.length)
      for (const [at, time] of due.entries()) {
        // They are written in tenths of a millisecond.
        expect(Math.abs(time - before[at]!)).toBeLessThan(0.06)
        expect(after[at]).toBeGreaterThan(time - 1)
      }
    }
    expect(told(first[0]!, dialect).text).toContain('It is {{that}}')
    expect(told(first[3]!, dialect)).toMatchObject({ status: 429 })
    expect(told(first[1]!, dialect).calls).toEqual([
      { id: 'call_0_1', name: 'lookup_order', args: '{"order":  7}' },
    ])
  },
)

describe('the pace', () => {
  const exchange = {
    ...exchangeOf([
      [120, says('One, two')],
      [340, says(', three.')],
      [900, DONE],
    ]),
    request: { method: 'POST', url: '', headers: [], body: JSON.stringify(asked([user('Count')])) },
  }
  const pacingAt = (speed?: number) => {
    const [scenario] = recordScenarios(named([exchange]), { ...(speed && { speed }) }).scenarios
    return (scenario!.then as { pacing?: Pacing }).pacing
  }

  test('is that of the pieces in which the tokens came, and of the end', () => {
    // "One", ",", " two", ",", " three", "."
    expect(pacingAt()).toEqual({ recorded: [120, 120, 120, 340, 340, 340, 900] })
    expect(pacingAt(4)).toEqual({ recorded: [120, 120, 120, 340, 340, 340, 900], speed: 4 })
    expect(pacingAt(Infinity)).toBeUndefined()
  })

  test('is kept by the mock, the end included', async () => {
    const { scenarios } = recordScenarios(named([exchange]), { speed: 10 })
    const [again] = await recorded(await referenceServer({ scenarios }), [asked([user('Count')])])
    const { times } = told(again!)
    // The role comes first.
    expect(times).toHaveLength(8)
    for (const [i, due] of [12, 12, 12, 12, 34, 34, 34, 90].entries()) {
      expect(times[i]).toBeGreaterThanOrEqual(due - 1)
    }
  })
})

describe('what tells requests apart', () => {
  const answered = (request: ChatRequest, text: string): Exchange => ({
    ...exchangeOf([[1, says(text) + DONE]]),
    id: text,
    request: { method: 'POST', url: '', headers: [], body: JSON.stringify(request) },
  })
  const whensOf = (...exchanges: Exchange[]) =>
    recordScenarios(named(exchanges)).scenarios.map(({ when }) => when)

  test('the last words, the turn, and what a tool found', () => {
    const call = { id: 'a', type: 'function' as const, function: { name: 'look', arguments: '{}' } }
    const messages = [
      user('Where is it? (mine)'),
      { role: 'assistant' as const, content: null, tool_calls: [call] },
      { role: 'tool' as const, tool_call_id: 'a', content: 'On its way.' },
    ]
    expect(whensOf(answered(asked(messages), 'It comes.'))).toEqual([
      {
        user: { regex: String.raw`^Where is it\? \(mine\)$` },
        turn: 1,
        toolResult: { name: 'look', content: 'On its way.' },
      },
    ])
    expect(whensOf(answered(asked([assistant('Hi.')]), 'Yes?'))).toEqual([
      { user: { regex: '^$' }, turn: 1, toolResult: false },
    ])
  })

  test('what was said before, where the rest is the same', async () => {
    const one = asked([user('Tea'), assistant('Green?'), user('Yes')])
    const other = asked([user('Tea'), assistant('Black?'), user('Yes')])
    const { scenarios } = recordScenarios(
      named([answered(one, 'Green.'), answered(other, 'Black.')]),
    )
    const url = await referenceServer({ scenarios, strict: true })
    const texts = (await recorded(url, [other, one, other])).map((each) => told(each).text)
    expect(texts).toEqual(['Black.', 'Green.', 'Black.'])
  })

  test('the attempt, where the same was asked again', async () => {
    const request = asked([user('Hi')])
    const failed: Exchange = {
      ...answered(request, 'failed'),
      response: { status: 503, statusText: '', headers: [['Retry-After', '1']], atMs: 1 },
      arrivals: [{ atMs: 1, bytes: Buffer.from('<html>busy {{now}}') }],
    }
    const { scenarios } = recordScenarios(named([failed, answered(request, 'Hello.')]))
    const url = await referenceServer({ scenarios, strict: true })
    const [first] = await recorded(url, [request])
    const [second] = await recorded(url, [request])
    expect(first!.response!.status).toBe(503)
    expect(new Map(first!.response!.headers).get('retry-after')).toBe('1')
    expect(told(first!).whole).toContain('<html>busy {{now}}')
    expect(told(second!).text).toBe('Hello.')
  })
})

test('an error within a stream, an answer that is none, one that was cut', async () => {
  const body = JSON.stringify(asked([user('Hi')]))
  const request = { method: 'POST', url: '', headers: [], body }
  const broken = exchangeOf(
    [
      [1, says('One two')],
      [2, 'data: {"error":{"message":"Out of {{luck}}."}}\n\n'],
    ],
    { id: 'broken', request },
  )
  const cut = exchangeOf([[1, says('One')]], {
    id: 'cut',
    request,
    end: { how: 'aborted', atMs: 2 },
  })
  const silent = exchangeOf([[1, delta({ role: 'assistant' })]], {
    id: 'silent',
    request,
    end: { how: 'aborted', atMs: 2 },
  })
  const none = exchangeOf([[1, '<html>']], { id: 'none', request })
  const models = exchangeOf([], {
    id: 'models',
    request: { ...request, method: 'GET', body: null },
  })
  const refused = exchangeOf([], {
    id: 'refused',
    request,
    response: null,
    end: { how: 'failed', atMs: 1, reason: 'refused', code: 'ECONNREFUSED', message: '' },
  })
  const { scenarios, notes } = recordScenarios(named([broken, cut, silent, none, models, refused]))
  expect(notes).toEqual([
    'cut: its answer broke off; that of the scenario ends well where it did',
    'silent: left out: its answer is none that scenarios can give (aborted)',
    'none: left out: its answer is none that scenarios can give (complete)',
    'models: left out: it asks for no answer of a model',
    'refused: left out: no answer came (refused)',
  ])
  const [again] = await recorded(await referenceServer({ scenarios }), [asked([user('Hi')])])
  const events = new ExchangeReading(again!).stream.events.map(({ data }) => data)
  expect(events.at(-1)).toBe('{"error":{"message":"Out of {{luck}}."}}')
  expect(told(again!).text).toBe('One two')
})

test('an answer that is no stream', async () => {
  const request = asked([user('Hi')], { stream: false })
  const url = await referenceServer({ scenarios: [{ then: 'Hello there.' }] })
  const [whole] = await recorded(url, [request])
  const { scenarios } = recordScenarios(named([whole!]))
  expect(scenarios[0]!.then).toMatchObject({ text: 'Hello there.' })
  const [again] = await recorded(await referenceServer({ scenarios, strict: true }), [request])
  expect(JSON.parse(told(again!).whole!).choices).toEqual(JSON.parse(told(whole!).whole!).choices)
})

test('what looks personal is marked for review', async () => {
  const texts = {
    plain: 'My name is on the list, and 12 people come at 8 on 2026-01-31.',
    mail: 'Write to ada@example.com.',
    phone: 'Call me at +49 30 1234567.',
    card: 'It is 4111 1111 1111 1111.',
    name: 'Hello, my name is Ada.',
  }
  const scenarios = Object.entries(texts).map(([name, then]): Scenario => ({ name, then }))
  const yaml = await writeScenarios(scenarios)
  const written = yaml.split(/^ {2}- /m).slice(1)
  expect(await parseScenarios(yaml, 'a.yaml')).toEqual(scenarios)
  const comments = yaml.match(/# Review: .*/g)
  expect(comments).toEqual(
    expect.arrayContaining([
      '# Review: this looks like an e-mail address.',
      '# Review: this looks like a phone number.',
      '# Review: this looks like a long number.',
      '# Review: this looks like a name.',
    ]),
  )
  expect(written).toHaveLength(5)
  expect(yaml.slice(0, yaml.indexOf('name: mail'))).not.toMatch(/Review.*\n.*name: plain/)
})

describe('of the Responses API', () => {
  const SCENARIOS: Scenario[] = [
    {
      when: { user: 'Break' },
      then: { text: 'One two', error: { message: 'Down.', afterTokens: 1 } },
    },
    {
      when: { user: 'All' },
      then: {
        reasoning: 'Hm.',
        text: 'One moment.',
        calls: [{ id: 'c', name: 'end_call', arguments: { now: true } }],
        finishReason: 'length',
      },
    },
  ]

  test.each([true, false])(
    'what is said, called and missing comes again, streamed: %s',
    async (stream) => {
      const requests = ['All', ...(stream ? ['Break'] : [])].map((words) =>
        asked([user(words)], { stream, tools: TOOLS }),
      )
      const url = await referenceServer({ scenarios: SCENARIOS })
      const first = await recorded(url, requests, responses)
      const { scenarios, notes } = recordScenarios(named(first), { speed: Infinity })
      expect(notes).toEqual([])
      const again = await referenceServer({ scenarios, strict: true })
      const second = await recorded(again, requests, responses)
      for (const [i, exchange] of first.entries()) {
        const { times: _, ...before } = told(exchange, responses)
        const { times: __, ...after } = told(second[i]!, responses)
        expect(after).toEqual(before)
      }
      expect(scenarios[0]!.then).toEqual(SCENARIOS[1]!.then)
    },
  )

  test('what is named, but not said, cannot be known', async () => {
    const url = await referenceServer()
    const [first] = await recorded(url, [asked([user('Hi')], { stream: false })], responses)
    const { request } = first!
    const naming = (rest: object) => ({
      ...first!,
      id: 'naming',
      request: { ...request, body: JSON.stringify({ model: 'm', input: 'And?', ...rest }) },
    })
    const others = [
      naming({ previous_response_id: 'resp_1' }),
      naming({ input: [user('Hi'), { type: 'item_reference', id: 'msg_1' }] }),
    ]
    const { scenarios, notes } = recordScenarios(named([first!, ...others]))
    expect(scenarios).toHaveLength(1)
    const why = 'naming: left out: it names what was said before, and does not say it'
    expect(notes).toEqual([why, why])
  })
})
