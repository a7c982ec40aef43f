import { describe, expect, test } from 'vitest'
import type { ChatCompletion } from '../../src/protocol/index.ts'
import {
  type AnswerSpec,
  type ChatRequest,
  type MockFetch,
  mockFetch,
  type MockLlmOptions,
  type Scenario,
  type When,
} from '../../src/mocks/index.ts'
import { joined, offering, payloads, post, said, saying } from '../support/chat.ts'
import { cpuMs } from '../support/cpu-ms.ts'

function mock(scenarios: readonly Scenario[], options: MockLlmOptions = {}): MockFetch {
  return mockFetch({ scenarios, strict: true, ...options })
}

const say = (fetch: MockFetch, user: string, rest: Partial<ChatRequest> = {}) =>
  post(fetch, saying(user, rest))

const TOOL_TURN: ChatRequest['messages'] = [
  { role: 'system', content: 'You are Ava.' },
  { role: 'user', content: 'Where is order A1?' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_7', type: 'function', function: { name: 'lookup', arguments: '{"n":"A1"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_7', content: '{"carrier":"Heron","days":[1,2]}' },
]

const TWO_RESULTS: ChatRequest['messages'] = [
  ...TOOL_TURN,
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_8', type: 'function', function: { name: 'book', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_8', content: '{"booked":true}' },
]

describe('a condition', () => {
  const CASES: [string, When, Partial<ChatRequest>, Partial<ChatRequest>][] = [
    ['user', { user: 'table' }, saying('A table, please'), saying('A Table, please')],
    ['user as a regex', { user: /^bye\b/i }, saying('Bye now'), saying('Good bye')],
    [
      'user who says nothing, after words',
      { user: /^$/ },
      {
        messages: [
          { role: 'user', content: 'A table' },
          { role: 'user', content: '' },
        ],
      },
      saying('A table'),
    ],
    [
      'user whose words came before',
      { user: 'table' },
      {
        messages: [
          { role: 'user', content: '' },
          { role: 'user', content: 'A table' },
        ],
      },
      {
        messages: [
          { role: 'user', content: 'A table' },
          { role: 'user', content: [] },
        ],
      },
    ],
    [
      'user in JSON',
      { user: { regex: '^bye', flags: 'i' } },
      saying('Bye now'),
      saying('Good bye'),
    ],
    [
      'system, developer included',
      { system: 'Ava' },
      { messages: [{ role: 'developer', content: 'You are Ava.' }] },
      saying('Ava?'),
    ],
    ['message', { message: 'Heron' }, { messages: TOOL_TURN }, saying('Hello')],
    ['tool', { tool: 'end_call' }, offering('x', 'end_call'), offering('end_call_now')],
    [
      'toolResult, by name',
      { toolResult: { name: 'lookup' } },
      { messages: TOOL_TURN },
      saying('Hm'),
    ],
    [
      'toolResult, by id and content',
      { toolResult: { id: 'call_7', content: 'Heron' } },
      { messages: TOOL_TURN },
      { messages: [...TOOL_TURN, { role: 'user', content: 'And?' }] },
    ],
    [
      'toolResult, which is the last of the turn',
      { toolResult: { name: 'book' } },
      { messages: TWO_RESULTS },
      { messages: TOOL_TURN },
    ],
    [
      'toolResult, not one before the last',
      { toolResult: { name: 'lookup' } },
      { messages: TOOL_TURN },
      { messages: TWO_RESULTS },
    ],
    [
      'toolResult, any of the turn',
      { toolResult: { any: { name: 'lookup' } } },
      { messages: TWO_RESULTS },
      { messages: [...TWO_RESULTS, { role: 'user', content: 'And?' }] },
    ],
    ['toolResult: false', { toolResult: false }, saying('Hello'), { messages: TOOL_TURN }],
    ['turn', { turn: 1 }, { messages: TOOL_TURN }, saying('Hello')],
    ['model', { model: 'gpt' }, { model: 'gpt' }, { model: 'gpt-mini' }],
    [
      'elevenlabs_extra_body',
      { elevenlabs_extra_body: { tier: { name: 'gold', level: 2 } } },
      { elevenlabs_extra_body: { tier: { level: 2, name: 'gold' }, other: 1 } },
      { elevenlabs_extra_body: { tier: { name: 'gold' } } },
    ],
    [
      'predicate',
      { predicate: ({ temperature }) => temperature === 0 },
      { temperature: 0 },
      { temperature: 1 },
    ],
  ]
  test.each(CASES)('%s', async (_, when, matching, other) => {
    const fetch = mock([{ when, then: 'Yes.' }])
    expect(await said(await say(fetch, 'Hello', matching))).toBe('Yes.')
    expect((await say(fetch, 'Hello', other)).status).toBe(404)
  })

  test('header', async () => {
    const fetch = mock([{ when: { header: { 'X-Tenant': 'a' } }, then: 'Yes.' }])
    expect((await post(fetch, saying('Hi'), { 'x-tenant': 'a' })).status).toBe(200)
    expect((await post(fetch, saying('Hi'), { 'x-tenant': 'b' })).status).toBe(404)
    expect((await post(fetch, saying('Hi'))).status).toBe(404)
  })
})

describe('which scenario answers', () => {
  test('the first that matches', async () => {
    const fetch = mock([
      { when: { user: 'table' }, then: 'One.' },
      { when: { user: 'a table' }, then: 'Two.' },
      { then: 'Three.' },
    ])
    expect(await said(await say(fetch, 'a table'))).toBe('One.')
    expect(await said(await say(fetch, 'a chair'))).toBe('Three.')
  })

  test('the only one that matches, among hundreds, whatever they want', async () => {
    const alike = 'alike at first, and for as long as forty characters, '
    const wanted = ['(', 'a.b', '[x', 'C:\\d', '|', '^$', '{{', '👨‍👩‍👧', alike]
    const users = Array.from({ length: 300 }, (_, i) => `${wanted[i % wanted.length]}${i};`)
    const then = users.map((_, i) => `That is ${i}.`)
    const fetch = mock(users.map((user, i): Scenario => ({ when: { user }, then: then[i]! })))
    const answers = users.map(async (user, i) => {
      const padding = ' '.repeat(i % 3 === 0 ? 2_000 : i)
      return said(await say(fetch, `${padding}Say ${user} now`))
    })
    expect(await Promise.all(answers)).toEqual(then)
    expect((await say(fetch, 'aXb1; (; alike at first, and 8;')).status).toBe(404)
  })

  test('never one that calls what the request does not offer', async () => {
    const fetch = mock([{ then: { calls: [{ name: 'end_call' }] } }, { then: 'No tools.' }])
    expect(await said(await say(fetch, 'Bye'))).toBe('No tools.')
    expect(
      await said(await say(fetch, 'Bye', { ...offering('end_call'), tool_choice: 'none' })),
    ).toBe('No tools.')
    const { choices } = await joined(await say(fetch, 'Bye', offering('end_call')))
    expect(choices[0]!.calls[0]!.name).toBe('end_call')
  })

  const legacy = { functions: [{ name: 'a' }, { name: 'b' }] }
  const allowing = (...names: string[]) => ({
    type: 'allowed_tools' as const,
    allowed_tools: {
      mode: 'auto' as const,
      tools: names.map((name) => ({ type: 'function' as const, function: { name } })),
    },
  })
  const naming = (name: string) => ({ type: 'function' as const, function: { name } })
  test.each<[Partial<ChatRequest>, string | undefined]>([
    [{ ...offering('a', 'b'), tool_choice: 'none' }, 'tool_choice is "none"'],
    [{ ...offering('a', 'b'), tool_choice: allowing('b') }, 'tool_choice allows b, not a'],
    [{ ...offering('a', 'b'), tool_choice: naming('b') }, 'tool_choice allows b, not a'],
    [{ ...legacy, function_call: 'none' }, 'function_call is "none"'],
    [{ ...legacy, function_call: { name: 'b' } }, 'function_call allows b, not a'],
    [{ ...offering('a', 'b'), tool_choice: allowing('a', 'b') }, undefined],
    [{ ...offering('a', 'b'), tool_choice: naming('a') }, undefined],
    [{ ...offering('a', 'b'), tool_choice: 'required' }, undefined],
    [{ ...legacy, function_call: { name: 'a' } }, undefined],
  ])('never one that calls what the request rules out: %j', async (rest, why) => {
    const response = await say(mock([{ then: { calls: [{ name: 'a' }] } }]), 'Hi', {
      ...rest,
      stream: false,
    })
    const { error } = (await response.json()) as { error?: { message: string } }
    expect(error?.message).toBe(
      why && `No scenario matches this request. Nearest: "scenario 1": ${why}.`,
    )
  })

  test('one whose answer of this turn calls what the request names', async () => {
    const calls = ['lookup', 'book'].map((name) => ({ calls: [{ name }] }))
    const fetch = mock([{ then: [...calls, 'Done.'] }])
    const next = async (
      messages: ChatRequest['messages'],
      choice: NonNullable<ChatRequest['tool_choice']>,
    ) => {
      const rest = { messages, ...offering('lookup', 'book'), tool_choice: choice }
      const { choices } = await joined(await say(fetch, '', rest))
      return choices[0]!.calls[0]?.name ?? choices[0]!.text
    }
    expect(await next(TOOL_TURN.slice(0, 2), naming('lookup'))).toBe('lookup')
    expect(await next(TOOL_TURN, naming('book'))).toBe('book')
    expect(await next(TWO_RESULTS, 'none')).toBe('Done.')
  })

  test('the default model, when none does and the mock is not strict', async () => {
    const fetch = mock([{ when: { user: 'x' }, then: 'X.' }], { strict: false })
    expect(await said(await say(fetch, 'Tell me a story'))).toContain('lighthouse')
  })

  test('none: the error tells the nearest, and what each failed on', async () => {
    const fetch = mock([
      { name: 'far', when: { user: 'x', model: 'y', turn: 3 }, then: '' },
      { name: 'near', when: { user: 'table', tool: 'book' }, then: '' },
      {
        name: 'nearer',
        when: { user: 'table', model: 'm', toolResult: { name: 'book' } },
        then: '',
      },
    ])
    const response = await say(fetch, 'A table', offering('other'))
    const { error } = (await response.json()) as { error: { message: string; code: string } }
    expect(error.code).toBe('no_scenario_matched')
    expect(error.message).toBe(
      'No scenario matches this request. Nearest: ' +
        '"nearer": no tool result with name "book"; seen: none. ' +
        '"near": tool "book" is not offered; offered: other. ' +
        '"far": user says "A table", not "x"; turn is 0, not 3; model is "m", not "y".',
    )
  })

  test('an expression given as data never backtracks', async () => {
    const evil = { regex: '^(a+)+$' }
    const fetch = mock([
      { when: { user: evil, system: evil, message: evil }, then: 'Matched.' },
      { when: { user: { regex: '^(?!.*x)(?=.*b)' } }, then: 'Other.' },
    ])
    expect(await said(await say(fetch, `${'a'.repeat(100_000)}b`))).toBe('Other.')
  })

  test('an expression given in code is one of JavaScript', async () => {
    const fetch = mock([{ when: { user: /(\w)\1(?=!)/g }, then: '{{match.1}}' }])
    expect(await said(await say(fetch, 'Hell! Hello!! oo!'))).toBe('l')
  })

  test('the unused are named', async () => {
    const fetch = mock([
      { name: 'used', when: { user: 'a' }, then: 'A' },
      { name: 'unused', when: { user: 'b' }, then: 'B' },
    ])
    await say(fetch, 'a')
    expect(fetch.unused()).toEqual(['unused'])
  })
})

describe('the history', () => {
  const turns = (...texts: string[]): Partial<ChatRequest> => ({
    messages: texts.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content })),
  })

  test('moves a sequence on, and its last answer stays', async () => {
    const fetch = mock([{ when: { user: 'more' }, then: ['One.', 'Two.', 'Three.'] }])
    const third = turns('more', 'One.', 'more', 'Two.', 'more')
    expect(await said(await say(fetch, '', third))).toBe('Three.')
    expect(await said(await say(fetch, '', turns('more')))).toBe('One.')
    expect(await said(await say(fetch, '', turns('x', 'Hm.', 'more', 'One.', 'more')))).toBe('Two.')
    const fourth = turns('more', 'One.', 'more', 'Two.', 'more', 'Three.', 'more')
    expect(await said(await say(fetch, '', fourth))).toBe('Three.')
  })

  test('leads through the turns of a tool loop', async () => {
    const fetch = mock([
      { when: { user: 'order' }, then: [{ calls: [{ name: 'lookup' }] }, 'It is on its way.'] },
    ])
    const request = { ...offering('lookup') }
    const { choices } = await joined(await say(fetch, 'order?', request))
    expect(choices[0]!.finishReason).toBe('tool_calls')
    const next = await say(fetch, '', { ...request, messages: TOOL_TURN })
    expect(await said(next)).toBe('It is on its way.')
  })

  test('leads through a loop whose scenarios stand in their natural order', async () => {
    const fetch = mock([
      { when: { user: 'order', toolResult: false }, then: { calls: [{ name: 'lookup' }] } },
      { when: { toolResult: { name: 'lookup' } }, then: { calls: [{ name: 'book' }] } },
      { when: { toolResult: { name: 'book' } }, then: 'Booked: {{toolResult.booked}}.' },
    ])
    const next = async (messages: ChatRequest['messages']) => {
      const { choices } = await joined(
        await say(fetch, '', { messages, ...offering('lookup', 'book') }),
      )
      return choices[0]!.calls[0]?.name ?? choices[0]!.text
    }
    expect(await next(TOOL_TURN.slice(0, 2))).toBe('lookup')
    expect(await next(TOOL_TURN)).toBe('book')
    expect(await next(TWO_RESULTS)).toBe('Booked: true.')
  })

  test('says that only the last result was looked at', async () => {
    const fetch = mock([{ name: 'tell', when: { toolResult: { name: 'lookup' } }, then: '' }])
    const { error } = (await (await say(fetch, '', { messages: TWO_RESULTS })).json()) as {
      error: { message: string }
    }
    expect(error.message).toContain(
      'the last tool result is book "{\\"booked\\":true}", not one with name "lookup"; ' +
        'to look at all 2, use toolResult: { any: ... }',
    )
  })

  test('counts the times', async () => {
    const fetch = mock([{ when: { user: 'again', nth: 2 }, then: 'Twice.' }, { then: 'Other.' }])
    expect(await said(await say(fetch, 'again'))).toBe('Other.')
    expect(await said(await say(fetch, 'again'))).toBe('Other.')
    expect(await said(await say(fetch, '', turns('again', 'Other.', 'again')))).toBe('Twice.')
  })
})

test('what is forgotten is what was added', async () => {
  const fetch = mock([{ then: 'First.' }])
  fetch.add([{ when: { user: 'x' }, then: 'Added.' }], 'mine')
  const ask = async () => said(await post(fetch, saying('x'), { 'x-soundcheck-scope': 'mine' }))
  expect(await ask()).toBe('Added.')
  fetch.reset()
  expect(await ask()).toBe('First.')
})

test('an error in code of a scenario reaches the client', async () => {
  const predicate = () => {
    throw new Error('mistaken')
  }
  const fetch = mock([{ when: { predicate }, then: 'x' }])
  await expect(say(fetch, 'Hi')).rejects.toThrow('mistaken')
  expect(fetch.journal.entries()[0]!.ending).toBe('hang-up')
})

describe('attempts', () => {
  const BUSY: Scenario[] = [
    { when: { attempt: 1 }, then: { error: { status: 429, headers: { 'retry-after': '0' } } } },
    { then: 'Done.' },
  ]

  test('tell a retry from the first one, for each request by itself', async () => {
    const fetch = mock(BUSY)
    const statuses = []
    for (const user of ['a', 'b', 'a', 'b']) statuses.push((await say(fetch, user)).status)
    expect(statuses).toEqual([429, 429, 200, 200])
    expect((await say(fetch, 'c')).headers.get('retry-after')).toBe('0')
  })

  test('are counted within a scope, and forgotten with it', async () => {
    const fetch = mock(BUSY)
    const status = async (scope: string) =>
      (await post(fetch, saying('a'), { 'x-soundcheck-scope': scope })).status
    expect([await status('1'), await status('2'), await status('1')]).toEqual([429, 429, 200])
    fetch.add(BUSY, '1')
    fetch.reset('1')
    expect([await status('1'), await status('2')]).toEqual([429, 200])
  })
})

describe('an answer', () => {
  const answerOf = async (then: Scenario['then'], rest: Partial<ChatRequest> = {}) =>
    say(mock([{ then }]), 'Hello', rest)

  test('of parallel calls, one after the other', async () => {
    const then = {
      calls: [
        { name: 'a', arguments: { x: 1 } },
        { name: 'b', id: 'mine' },
      ],
    }
    const { choices, choicePieces: pieces } = await joined(await answerOf(then, offering('a', 'b')))
    expect(
      choices[0]!.calls.map(({ index, id, name, arguments: args }) => [index, id, name, args]),
    ).toEqual([
      [0, expect.stringMatching(/^call_\w+$/), 'a', '{"x":1}'],
      [1, 'mine', 'b', '{}'],
    ])
    const order = pieces.flatMap(({ delta }) => indexesOf(delta))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test('of parallel calls, interleaved', async () => {
    const calls = ['a', 'b'].map((name) => ({ name, arguments: { text: 'some more words' } }))
    const { choices, choicePieces: pieces } = await joined(
      await answerOf({ calls, interleave: true }, offering('a', 'b')),
    )
    expect(choices[0]!.calls.map((call) => call.arguments)).toEqual(
      calls.map((call) => JSON.stringify(call.arguments)),
    )
    expect(pieces.flatMap(({ delta }) => indexesOf(delta)).slice(0, 4)).toEqual([0, 1, 0, 1])
  })

  test('with arguments that are no JSON', async () => {
    const then = { calls: [{ name: 'a', arguments: '{"x": ' }] }
    const { choices } = await joined(await answerOf(then, offering('a')))
    expect(choices[0]!.calls[0]!.arguments).toBe('{"x": ')
  })

  test('with reasoning, in both forms', async () => {
    const then = { reasoning: 'Think first.', text: 'Then speak.' }
    const [choice] = (await joined(await answerOf(then))).choices
    expect(choice).toMatchObject({ reasoning: 'Think first.', text: 'Then speak.' })
    const whole = await (await answerOf(then, { stream: false })).json()
    expect(whole).toMatchObject({
      choices: [{ message: { reasoning_content: 'Think first.', content: 'Then speak.' } }],
    })
  })

  test('that is a refusal, in both forms', async () => {
    const then = { refusal: 'I cannot help with that.' }
    const [choice] = (await joined(await answerOf(then))).choices
    expect(choice).toMatchObject({ refusal: 'I cannot help with that.', text: '' })
    const whole = await (await answerOf(then, { stream: false })).json()
    expect(whole).toMatchObject({
      choices: [{ message: { refusal: 'I cannot help with that.', content: null } }],
    })
  })

  test('that is an error', async () => {
    const response = await answerOf({ error: { status: 503, message: 'Down.', code: 'down' } })
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      error: { message: 'Down.', type: 'server_error', param: null, code: 'down' },
    })
    const custom = await answerOf({ error: { status: 502, body: { detail: 'Bad gateway' } } })
    expect(await custom.json()).toEqual({ detail: 'Bad gateway' })
  })

  test.each([
    [{}, 'text/plain; charset=utf-8'],
    [{ 'Content-Type': 'text/html' }, 'text/html'],
  ])('that is the page of a proxy, with headers %j', async (headers, type) => {
    const body = '<h1>{{model}} is "down"</h1>'
    const page = await answerOf({ error: { status: 502, body, headers } })
    expect(page.headers.get('content-type')).toBe(type)
    expect(await page.text()).toBe('<h1>m is "down"</h1>')
  })

  test('that is an error which tells of the request', async () => {
    const told = { status: 400, message: 'No "{{user}}".' }
    const whole = await answerOf({ error: told })
    expect(await whole.json()).toMatchObject({ error: { message: 'No "Hello".' } })
    const custom = await answerOf({ error: { body: { detail: ['{{model}}', 1] } } })
    expect(await custom.json()).toEqual({ detail: ['m', 1] })
    const data = await payloads(
      await answerOf({ text: 'One.', error: { ...told, afterTokens: 1 } }),
    )
    expect(JSON.parse(data.at(-1)!)).toMatchObject({ error: { message: 'No "Hello".' } })
    expect((await answerOf({ error: { message: '{{match.1}}' } })).status).toBe(422)
  })

  test('that breaks off with an error', async () => {
    const then = { text: 'One two three four.', error: { message: 'Overloaded.', afterTokens: 2 } }
    const data = await payloads(await answerOf(then))
    expect(data).toHaveLength(4)
    expect(JSON.parse(data.at(-1)!)).toMatchObject({ error: { message: 'Overloaded.' } })
    expect((await answerOf(then, { stream: false })).status).toBe(500)
  })

  test.each([
    ['Well STOP, ', 'a b', 'Well '],
    ['Well ST', 'OP a b', 'Well '],
    ['Well, ', 'a STOP b', 'Well, a '],
    ['Well, ', 'a b', 'Well, a b'],
  ])('up to a stop, also within buffer words: %j and %j', async (bufferWords, text, expected) => {
    const answer = await answerOf({ bufferWords, text }, { stop: 'STOP' })
    expect(await said(answer)).toBe(expected)
  })

  test('with another finish reason and usage', async () => {
    const then = {
      text: 'Hm',
      finishReason: 'content_filter',
      usage: { completion_tokens: 99 },
    } as const
    const { choices, usage } = await joined(
      await answerOf(then, { stream_options: { include_usage: true } }),
    )
    expect(choices[0]!.finishReason).toBe('content_filter')
    expect(usage).toMatchObject({ completion_tokens: 99, prompt_tokens: 8, total_tokens: 107 })
  })

  test('with details of its usage, beside what is counted', async () => {
    const usageOf = async (then: AnswerSpec) =>
      (await joined(await answerOf(then, { stream_options: { include_usage: true } }))).usage
    const details = { prompt_tokens_details: { cached_tokens: 6 } }
    expect(await usageOf({ text: 'Hm', reasoning: 'One two', usage: details })).toEqual({
      prompt_tokens: 8,
      completion_tokens: 3,
      total_tokens: 11,
      prompt_tokens_details: { cached_tokens: 6 },
      completion_tokens_details: { reasoning_tokens: 2 },
    })
    expect(await usageOf({ text: 'Hm', usage: { total_tokens: 5 } })).toMatchObject({
      completion_tokens: 1,
      total_tokens: 5,
    })
  })

  test('keeps to what the request allows', async () => {
    expect(await said(await answerOf('One two three', { stop: 'two' }))).toBe('One ')
    const [choice] = (await joined(await answerOf('One two three', { max_tokens: 2 }))).choices
    expect(choice).toMatchObject({ text: 'One two', finishReason: 'length' })
  })

  test.each<[number, { reasoning: string; content: string; args: (string | undefined)[] }]>([
    [2, { reasoning: 'Think twice', content: '', args: [] }],
    [3, { reasoning: 'Think twice', content: 'One', args: [] }],
    [5, { reasoning: 'Think twice', content: 'One two', args: [''] }],
    [7, { reasoning: 'Think twice', content: 'One two', args: ['{"a'] }],
    [99, { reasoning: 'Think twice', content: 'One two', args: ['{"a":1}', '{"b":2}'] }],
  ])('max_tokens of %i are for reasoning, words and calls', async (most, expected) => {
    const then = {
      reasoning: 'Think twice',
      text: 'One two',
      calls: [
        { name: 'first', arguments: { a: 1 } },
        { name: 'second', arguments: { b: 2 } },
      ],
    }
    const response = await answerOf(then, {
      max_tokens: most,
      stream: false,
      ...offering('first', 'second'),
    })
    const { choices, usage } = (await response.json()) as ChatCompletion
    const { content, reasoning_content: reasoning, tool_calls: calls = [] } = choices[0]!.message
    const args = calls.map((call) => call.function.arguments)
    expect({ reasoning, content, args }).toEqual(expected)
    expect(choices[0]!.finish_reason).toBe(most < 99 ? 'length' : 'tool_calls')
    expect(usage!.completion_tokens).toBeLessThanOrEqual(most)
  })

  test('for each choice that is wanted', async () => {
    const { choices } = await joined(await answerOf('Hi {{faker.person.firstName}}', { n: 2 }))
    const [one, two] = choices.map(({ text }) => text)
    expect([one, two]).toEqual([expect.stringMatching(/^Hi \w/), expect.stringMatching(/^Hi \w/)])
    expect(one).not.toBe(two)
  })

  test('that a function makes', async () => {
    const then: Scenario['then'] = ({ messages }) => `You sent ${messages.length}.`
    expect(await said(await answerOf(then))).toBe('You sent 1.')
  })
})

test('templates are filled in from the request', async () => {
  const fetch = mock([
    {
      when: { user: /order (?<n>\w+)/, header: { 'x-name': /./ } },
      then: {
        text: '{{match.1}} {{model}} {{header.x-name}} {{elevenlabs_extra_body.UUID}} <{{user}}>',
      },
    },
    { when: { toolResult: true }, then: '{{toolResult.carrier}} {{toolResult.days.1}}' },
    {
      when: { user: 'call' },
      then: { calls: [{ name: 'f', arguments: { said: '{{user}}', n: 1 } }] },
    },
  ])
  const request = saying('order A1 & "more"', { elevenlabs_extra_body: { UUID: 'u-1' } })
  expect(await said(await post(fetch, request, { 'X-Name': 'Ada' }))).toBe(
    'A1 m Ada u-1 <order A1 & "more">',
  )
  expect(await said(await say(fetch, '', { messages: TOOL_TURN }))).toBe('Heron 2')
  const { choices } = await joined(await say(fetch, 'call "me"', offering('f')))
  expect(choices[0]!.calls[0]!.arguments).toBe('{"said":"call \\"me\\"","n":1}')
})

const telling = (content: string): Partial<ChatRequest> => ({
  messages: [...TOOL_TURN.slice(0, -1), { role: 'tool', tool_call_id: 'call_7', content }],
})

test.each([
  ['{{toolResult.length}} {{user.length}}', '[4, 5]', '2 18'],
  ['{{#toolResult}}{{name}} {{length}};{{/toolResult}}', '[{"name":"a","length":1}]', 'a 1;'],
  ['{{#toolResult.at}}at {{toolResult.at}}{{/toolResult.at}}Hm.', 'plain text', 'Hm.'],
  ['{{toolResult.at}}', '{"at": "noon"}', 'noon'],
  [
    '{{#toolResult.stops}}{{.}} {{toolResult.to}}. {{/toolResult.stops}}',
    '{"stops":["A"],"to":"B"}',
    'A B. ',
  ],
])('%s, of %s', async (then, result, text) => {
  expect(await said(await say(mock([{ then }]), '', telling(result)))).toBe(text)
})

test('what faker makes up can be taken apart, and tells no time zone', async () => {
  const then = '{{faker.airline.airport.iataCode}} {{faker.date.soon}}'
  expect(await said(await say(mock([{ then }]), 'Hi'))).toMatch(
    /^[A-Z]{3} 2026-\d\d-\d\dT[\d:.]+Z$/,
  )
})

test('a template tells of the result that was matched', async () => {
  const fetch = mock([
    {
      when: { toolResult: { any: { name: 'lookup' } } },
      then: '{{toolResult.carrier}} {{toolResult}}',
    },
  ])
  expect(await said(await say(fetch, '', { messages: TWO_RESULTS }))).toBe(
    'Heron {"carrier":"Heron","days":[1,2]}',
  )
})

describe('what code gives', () => {
  const gives = (value: unknown) => (() => value) as unknown as () => string

  test.each([
    [undefined, 'its function gave nothing, and must give text, or an answer such as'],
    [Promise.resolve('Hello.'), 'its function gave a promise, and must give text'],
    [['Hello.'], 'its function gave a list, and must give text'],
    [null, 'its function gave: /then must be text'],
    [{ txt: 'Hello.' }, '"txt"; there are text'],
    ['{{usr}}', 'the template names {{usr}}, which does not exist'],
    [{ fault: 'sse/nothing' }, 'there is no fault "sse/nothing"'],
    [{ calls: [{ name: 'f' }] }, 'its function calls a tool, but the request does not offer f.'],
  ])('is refused where it is no answer: %j', async (value, message) => {
    const response = await say(mock([{ name: 'greet', then: gives(value) }]), 'Hello')
    expect(response.status).toBe(422)
    const { error } = (await response.json()) as { error: { message: string; code: string } }
    expect(error.message).toContain('The scenario "greet" cannot answer: ')
    expect(error.message).toContain(message)
    expect(error.code).toBe('scenario_not_usable')
  })

  test.each<[number, Partial<ChatRequest>]>([
    [200, {}],
    [422, { tool_choice: 'none' }],
    [422, { tool_choice: { type: 'function', function: { name: 'g' } } }],
    [200, { tool_choice: { type: 'function', function: { name: 'f' } } }],
  ])('calls what it may: %i with %j', async (status, rest) => {
    const then = () => ({ calls: [{ name: 'f' }] })
    const response = await say(mock([{ then }]), 'Hello', { ...offering('f', 'g'), ...rest })
    expect(response.status).toBe(status)
  })

  test('is refused where a predicate promises', async () => {
    const predicate = (async () => false) as unknown as () => boolean
    const asked = say(mock([{ when: { predicate }, then: 'Hello.' }]), 'Hello')
    await expect(asked).rejects.toThrow('a predicate gave a promise')
  })
})

describe('what a request does not have', () => {
  const answerOf = async (then: Scenario['then'], rest: Partial<ChatRequest> = {}) =>
    say(mock([{ name: 'greet', when: { user: { regex: '(\\w+)' } }, then }]), 'Hello', rest)

  test.each<[string, string, Partial<ChatRequest>?]>([
    ['{{toolResult.carier}}', 'toolResult has carrier, days', { messages: TOOL_TURN }],
    ['{{toolResult.days.7}}', 'toolResult.days has 0, 1', { messages: TOOL_TURN }],
    ['{{toolResult}}', 'no tool has answered since the user last spoke'],
    ['{{match.2}}', 'match has 0, 1'],
    ['{{&elevenlabs_extra_body.UUID}}', 'elevenlabs_extra_body has nothing'],
    ['{{user.name}}', 'user is "Hello"'],
    ['{{user.bold}}', 'user is "Hello"'],
    ['{{toolResult.link}}', 'toolResult is "plain text"', telling('plain text')],
    ['{{toolResult.at}}', 'toolResult has 0, 1', telling('[1, 2]')],
    ['{{toolResult.values}}', 'toolResult has 0, 1', telling('[1, 2]')],
    ['{{toolResult.items.find}}', 'toolResult.items has 0', telling('{"items": [1]}')],
    ['{{toolResult.constructor}}', 'toolResult has carrier, days', { messages: TOOL_TURN }],
  ])('%s is an error that says what there is: %s', async (then, message, rest) => {
    for (const stream of [true, false]) {
      const response = await answerOf(`Well, ${then}.`, { ...rest, stream })
      expect(response.status).toBe(422)
      const name = then.replace('&', '')
      expect(await response.json()).toMatchObject({
        error: {
          code: 'template_not_filled',
          message: `The scenario "greet" cannot answer: the template names ${name}, which the request does not have: ${message}.`,
        },
      })
    }
  })

  test('is an error in the arguments of a call, too', async () => {
    const then = { calls: [{ name: 'f', arguments: { order: '{{header.x-order}}' } }] }
    const { error } = (await (await answerOf(then, offering('f'))).json()) as {
      error: { message: string }
    }
    expect(error.message).toContain('{{header.x-order}}, which the request does not have')
  })

  test('is an error, where faker wants to be given something', async () => {
    const then = '{{#user}}{{faker.helpers.shuffle}}{{/user}}'
    const { error } = (await (await answerOf(then)).json()) as { error: { message: string } }
    expect(error.message).toContain('{{faker.helpers.shuffle}}, which makes nothing up without')
  })

  test.each([
    ['{{#toolResult.eta}}at {{toolResult.eta}}{{/toolResult.eta}}Hm.', 'Hm.'],
    ['{{^toolResult}}Nothing yet.{{/toolResult}}', 'Nothing yet.'],
  ])('can be asked for: %s', async (then, text) => {
    expect(await said(await answerOf(then))).toBe(text)
  })

  test('is nothing where it is null, or a group that took no part', async () => {
    const fetch = mock([
      { when: { user: /a(b)?/ }, then: '<{{match.1}}|{{elevenlabs_extra_body.x}}>' },
    ])
    const rest = { elevenlabs_extra_body: { x: null } }
    expect(await said(await say(fetch, 'a', rest))).toBe('<|>')
  })
})

describe('cannot be used, and says so at once', () => {
  const of = (options: object) => () => mockFetch(options)

  test.each([
    [{ scenarios: { scenarios: [{ then: 'Hello.' }] } }, 'scenarios must be a list, such as'],
    [{ scenarios: Promise.resolve([]) }, 'scenarios must be a list, such as'],
    [{ pacing: { ttft: -5 } }, 'pacing/ttft must be >= 0'],
    [{ pacing: { ttft: '300ms' } }, 'pacing/ttft must be a number of milliseconds, or an object'],
    [{ pacing: { tps: 5 } }, '"tps"; there are ttft, tokensPerSecond'],
    [{ as: 'azure' }, 'as must be one of openai, and is "azure"'],
    [{ strikt: true }, 'a mock has no option "strikt"; it has scenarios, seed, strict,'],
    [{ modelNames: 'gpt' }, 'modelNames must be a list of names, and is "gpt"'],
    [
      { responses: { events: 'few' } },
      'responses.events must be one of full, minimal, and is "few"',
    ],
    [
      { responses: { error: 'both-' } },
      'responses.error must be one of nested, flat, both, and is',
    ],
  ])('%j', (options, message) => {
    expect(of(options)).toThrow(message)
  })

  test('one that is added without its list', () => {
    const { add } = mock([])
    expect(() => add({ then: 'Hello.' } as unknown as [])).toThrow('scenarios must be a list')
  })

  test.each([
    [{ then: { txt: 'x' } }, 'greet: /then must NOT have additional properties: "txt"'],
    [{ then: '{{usr}}' }, 'greet: the template names {{usr}}, which does not exist'],
    [{ then: { error: { message: '{{usr}}' } } }, 'the template names {{usr}}, which does not'],
    [{ then: { error: { body: ['{{usr}}'] } } }, 'the template names {{usr}}, which does not'],
    [{ then: { text: 'Hi.', error: { status: 503 } } }, '/then has "text" beside an error'],
    [{ then: [{ calls: [{ name: 'f' }], error: {} }] }, '/then has "calls" beside an error'],
    [{ then: { error: { headers: { 'x-a': 'a\nb' } } } }, '/then/error/headers/x-a must match'],
    [{ then: { error: { headers: { 'x-a': 'später –' } } } }, '/then/error/headers/x-a must match'],
    [{ then: { error: { headers: { 'x a': 'b' } } } }, 'additional properties: "x a"'],
    [{ then: '{{faker.cat.purr}}' }, 'which @faker-js/faker does not have'],
    [{ then: '{{faker.person.constructor}}' }, 'which @faker-js/faker does not have'],
    [{ then: '{{faker.person.firstName.short}}' }, 'which @faker-js/faker does not have'],
    ...['shuffle', 'arrayElement', 'fromRegExp', 'maybe', 'multiple', 'uniqueArray'].map(
      (method): [object, string] => [
        { then: `{{faker.helpers.${method}}}` },
        `greet: the template names {{faker.helpers.${method}}}, which makes nothing up without arguments`,
      ],
    ),
    [{ then: '{{> user_name}}' }, 'greet: the template names {{user_name}}, which does not exist'],
    [{ then: '{{#user}' }, 'greet: the template cannot be read'],
    [{ when: { user: { regex: '(' } }, then: '' }, 'greet: Invalid regular expression'],
    [
      { when: { user: { regex: '(a)\\1', flags: 'i' } }, then: '' },
      'greet: the regular expression /(a)\\1/i refers back to a group; in data, expressions run in linear time',
    ],
    [
      { when: { toolResult: { name: { regex: 'a(?=b)' } } }, then: '' },
      'greet: the regular expression /a(?=b)/ looks ahead elsewhere than right behind "^"',
    ],
    [
      { then: { fault: 'sse/done-missing' } },
      /^greet: there is no fault "sse\/done-missing" among those of the network \(.*; for those of the checks, pass the option findFault: import \{ findFault \} from "llm-soundcheck\/conformance"$/,
    ],
    [{ then: [] }, 'greet: /then must NOT have fewer than 1 items'],
  ])('%j', (scenario, message) => {
    expect(() => mock([{ name: 'greet', ...(scenario as Scenario) }])).toThrow(message)
  })

  test.each([
    [null, '/ must be an object with "then", and is empty'],
    ['x', '/ must be an object with "then", and is "x"'],
    [{ when: null, then: '' }, '/when must be an object of conditions, such as { user: hello }'],
    [{ when: 'x', then: '' }, '/when must be an object of conditions, such as { user: hello }'],
    [{ when: { predicate: 'x' }, then: '' }, '/when must NOT have additional properties: "predic'],
    [{ then: 5 }, '/then must be text, an answer such as'],
    [{}, "/ must have required property 'then'"],
  ])('what JavaScript allows, and types do not: %j', (scenario, message) => {
    expect(() => mock([scenario as unknown as Scenario])).toThrow(`scenario 1: ${message}`)
  })

  test('an unnamed one is known by its number', () => {
    expect(() => mock([{ then: 'x' }, { then: '{{x}}' }])).toThrow('scenario 2: ')
  })
})

function indexesOf(delta: unknown): number[] {
  const { tool_calls: fragments = [] } = delta as { tool_calls?: { index: number }[] }
  return fragments.map(({ index }) => index)
}

describe('a long history', () => {
  const messages = Array.from({ length: 2_000 }, (_, i): ChatRequest['messages'][number] => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content: `${i} ${'some words '.repeat(200)}`,
  }))

  test('is looked through in time that does not grow by its square', async () => {
    const when: When = { message: { regex: 'nev+er' }, system: 'x', nth: 3 }
    const fetch = mock([
      { when, then: '' },
      { when: { message: '1998 some' }, then: ['One.', 'Two.'] },
    ])
    const began = cpuMs()
    expect(await said(await say(fetch, '', { messages: messages.slice(0, -1) }))).toBe('One.')
    expect(cpuMs() - began).toBeLessThan(30_000)
  })

  test('is not needed for others to have their turn, where there are many expressions', async () => {
    const fetch = mock(
      Array.from({ length: 4_000 }, (_, i) => ({
        when: { user: { regex: `n[ei]v${i}+er` } },
        then: '',
      })),
    )
    let turns = 0
    const timer = setInterval(() => turns++)
    await Promise.all(Array.from({ length: 8 }, () => say(fetch, 'some words '.repeat(4_000))))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(4)
  })

  test('that takes too much is refused', async () => {
    const system = { role: 'system', content: 'x'.repeat(1_000_000) } as const
    const fetch = mock([{ when: { system: { regex: 'never' }, nth: 3 }, then: '' }])
    const request = {
      messages: messages
        .flatMap((message, i) =>
          i % 4 === 0 ? [{ ...system, content: `${i}${'x'.repeat(3_000)}` }, message] : [message],
        )
        .slice(0, 2_000),
    }
    const response = await say(fetch, '', request)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', param: 'messages' },
    })
  })
})

test('what a template is filled in with is bounded', async () => {
  const fetch = mock([{ then: '{{user}}' }])
  expect(await said(await say(fetch, 'x'.repeat(1_000_000)))).toHaveLength(100_000)
  const response = await say(fetch, 'word '.repeat(1_000), { n: 128 })
  expect(await response.json()).toMatchObject({ error: { param: 'n' } })
})
