import OpenAI from 'openai'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { mockFetch } from '../../src/mocks/index.ts'
import { useMockLlm } from '../../src/vitest/index.ts'
import { post, saying } from '../support/chat.ts'
import { runVitest } from '../support/vitest-project.ts'

const TOOL_RESULT = {
  model: 'm',
  messages: [
    { role: 'user' as const, content: 'Where is A1?' },
    {
      role: 'assistant' as const,
      tool_calls: [
        { id: 'c1', type: 'function' as const, function: { name: 'lookup', arguments: '{}' } },
      ],
    },
    { role: 'tool' as const, tool_call_id: 'c1', content: 'Heron' },
  ],
}

describe('useMockLlm', () => {
  const before = process.env['OPENAI_BASE_URL']
  const urls: string[] = []
  const llm = useMockLlm({ scenarios: [{ when: { user: 'hello' }, then: 'Hello.' }] })
  beforeEach(() => {
    llm.add([{ when: { user: 'table' }, then: 'For how many?' }])
    urls.push(llm.url)
  })
  afterAll(() => {
    expect(process.env['OPENAI_BASE_URL']).toBe(before)
    expect(new Set(urls).size).toBe(urls.length)
    expect(() => llm.url).toThrow('during tests only')
  })

  test('points the official client at a mock of its own', async () => {
    expect(llm).toHaveReceivedRequests(0)
    const client = new OpenAI({ maxRetries: 0 })
    const ask = (content: string) =>
      client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content }] })
    expect((await ask('hello')).choices[0]!.message.content).toBe('Hello.')
    expect(llm).not.toHaveUsedAllScenarios()
    expect((await ask('a table')).choices[0]!.message.content).toBe('For how many?')
    expect(llm).toHaveUsedAllScenarios()
    expect(llm).toHaveReceivedRequests(2)
    expect(llm).toHaveReceivedTurn('table')
    expect(llm).toHaveReceivedTurn(/^HELLO$/i)
    expect(llm).not.toHaveReceivedTurn('chair')
    expect(llm).toHaveNoUnmatchedRequests()
  })

  test('answers, and is asked about, in the Responses API', async () => {
    const call = { calls: [{ name: 'lookup', arguments: {} }] }
    llm.add([
      { when: { user: 'Where', toolResult: false }, then: call },
      { when: { toolResult: { name: 'lookup', content: 'Heron' } }, then: 'With Heron.' },
    ])
    const { responses } = new OpenAI({ maxRetries: 0 })
    const tools = [{ type: 'function' as const, name: 'lookup', parameters: null, strict: null }]
    const { id, output } = await responses.create({ model: 'm', input: 'Where is A1?', tools })
    const [called] = output
    if (called?.type !== 'function_call') throw new Error('expected a call')
    const { output_text: text } = await responses.create({
      model: 'm',
      previous_response_id: id,
      input: [{ type: 'function_call_output', call_id: called.call_id, output: 'Heron' }],
    })
    expect(text).toBe('With Heron.')
    expect(llm).toHaveReceivedTurn('Where is A1?')
    expect(llm).toHaveReceivedToolResult({ name: 'lookup', content: 'Heron' })
    expect(llm).toHaveNoUnmatchedRequests()
  })

  test('knows every fault of the catalogue', async () => {
    llm.add([{ when: { user: 'broken' }, then: { text: 'Hi.', fault: 'sse/done-missing' } }])
    const answer = await post(fetch, saying('broken'), {}, `${llm.url}/chat/completions`)
    expect(await answer.text()).not.toContain('[DONE]')
  })

  test('sees an abort', async () => {
    llm.add([{ when: { user: 'slow' }, then: { text: 'one two', pacing: { gap: 5_000 } } }])
    const client = new OpenAI()
    const stream = client.chat.completions.stream({
      model: 'm',
      messages: [{ role: 'user', content: 'slow' }],
    })
    stream.on('content', () => stream.abort())
    expect(llm).not.toHaveBeenAborted()
    await stream.done().catch(() => {})
    await expect.poll(() => llm).toHaveBeenAborted()
  })
})

test('fails a test that runs beside another, and spares that one', async () => {
  const outcomes = await runVitest(`
    import { setTimeout as sleep } from 'node:timers/promises'
    import { describe, expect, test } from 'vitest'
    const llm = useMockLlm()
    const asked = async () => {
      const { url } = llm
      await sleep(300)
      expect((await fetch(url + '/models')).status).toBe(200)
      expect(llm.url).toBe(url)
    }
    describe('beside each other', { concurrent: true }, () => {
      test('one', asked)
      test('two', asked)
      describe('in turn', { concurrent: false }, () => {
        test('three', asked)
        test('four', asked)
      })
    })
    test('five', asked)
  `)
  expect([...outcomes.values()].filter(({ status }) => status === 'passed')).toHaveLength(4)
  const [failed] = [...outcomes.values()].filter(({ status }) => status === 'failed')
  expect(failed!.message).toContain('Start a mock within each concurrent test')
})

describe('what code throws', () => {
  const boom = () => {
    throw new Error('no such table')
  }
  const llm = useMockLlm({ scenarios: [{ when: { user: 'table' }, then: boom }] })

  test('is told to the test, not to the client', async ({ task }) => {
    const answer = await post(fetch, saying('a table'), {}, `${llm.url}/chat/completions`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('no such table')
    await expect
      .poll(() => task.annotations)
      .toMatchObject([
        {
          type: 'error',
          message: expect.stringMatching(/^the mock threw Error: no such table\n +at boom/),
        },
      ])
  })
})

describe('the matchers', () => {
  test('read tool results', async () => {
    const fetch = mockFetch()
    await post(fetch, TOOL_RESULT)
    expect(fetch).toHaveReceivedToolResult({ name: 'lookup', content: 'Heron' })
    expect(fetch).toHaveReceivedToolResult({ id: 'c1' })
    expect(fetch).not.toHaveReceivedToolResult({ name: 'other' })
  })

  test('look at a scope, or at all', async () => {
    const fetch = mockFetch({ scenarios: [{ when: { user: 'hello' }, then: 'Hi.' }] })
    fetch.add([{ name: 'of one', when: { user: 'bye' }, then: 'Bye.' }], 'one')
    await post(fetch, saying('hello'), { 'x-soundcheck-scope': 'one' })
    await post(fetch, saying('goodbye'), { 'x-soundcheck-scope': 'two' })
    expect(fetch).toHaveReceivedTurn('hello', { scope: 'one' })
    expect(fetch).not.toHaveReceivedTurn('hello', { scope: 'two' })
    expect(fetch).toHaveReceivedRequests(1, { scope: 'two' })
    expect(fetch).toHaveNoUnmatchedRequests({ scope: 'one' })
    expect(fetch).not.toHaveNoUnmatchedRequests({ scope: 'two' })
    expect(fetch).toHaveUsedAllScenarios({ scope: 'two' })
    expect(fetch).not.toHaveUsedAllScenarios({ scope: 'one' })
    expect(fetch).toHaveReceivedRequests(2)
  })

  test('refuse what only requests could tell that the journal has dropped', async () => {
    const fetch = mockFetch({ scenarios: [{ then: 'Hi.' }] })
    for (let i = 0; i < 1_100; i++) await post(fetch, saying(`hello ${i}`))
    expect(fetch).toHaveReceivedTurn('hello 1099')
    expect(fetch).toHaveReceivedRequests(1_100)
    const dropped = /has dropped its \d+ oldest requests/
    expect(() => expect(fetch).toHaveReceivedTurn('hello 0')).toThrow(dropped)
    expect(() => expect(fetch).not.toHaveReceivedTurn('goodbye')).toThrow(dropped)
    expect(() => expect(fetch).not.toHaveReceivedToolResult({ name: 'x' })).toThrow(dropped)
    expect(() => expect(fetch).not.toHaveBeenAborted()).toThrow(dropped)
    expect(() => expect(fetch).toHaveNoUnmatchedRequests()).toThrow(dropped)
    fetch.reset()
    expect(fetch).not.toHaveReceivedTurn('goodbye')
    expect(fetch).toHaveReceivedRequests(0)
  })

  test('tell what was seen instead', async () => {
    const scenarios = [{ name: 'greet', when: { user: 'hello' }, then: 'Hi.' }]
    const fetch = mockFetch({ scenarios })
    await post(fetch, saying('goodbye'))
    expect(() => expect(fetch).toHaveReceivedTurn('hello')).toThrow(
      'expected the mock to have a turn with "hello"; seen:\n  "goodbye"',
    )
    expect(() => expect(fetch).toHaveNoUnmatchedRequests()).toThrow(
      'request 1 ("goodbye") matched none\n    "greet": user says "goodbye", not "hello"',
    )
    expect(() => expect(fetch).toHaveUsedAllScenarios()).toThrow('unused: greet')
    expect(() => expect(fetch).toHaveBeenAborted()).toThrow('request 1 ("goodbye")')
    expect(() => expect(fetch).toHaveReceivedToolResult({ name: 'x' })).toThrow('seen:\n  nothing')
    expect(() => expect({}).toHaveReceivedTurn('x')).toThrow('expected a mock LLM')
  })
})

test('what matchers print, and the journal, show no secret that a request bears', async () => {
  const key = '4aZq7Wm9xKc2Lt5v'
  const mock = mockFetch({
    scenarios: [{ when: { user: 'chair', header: { 'x-a': 'b' } }, then: 'x' }],
  })
  const headers = { authorization: `Bearer ${key}`, 'x-a': key }
  await post(mock, saying(`it is ${key}`), headers)
  await post(mock, { ...TOOL_RESULT, stream: true }, { authorization: 'Bearer Heron-lookup-9' })
  await mock(`https://mock.test/v1/${key}?q=${key}`, { headers })
  const expectations = [
    () => expect(mock).toHaveReceivedTurn('table'),
    () => expect(mock).toHaveBeenAborted(),
    () => expect(mock).toHaveNoUnmatchedRequests(),
  ]
  const printed = expectations.map((expectation) => {
    try {
      return expectation()
    } catch (error) {
      return (error as Error).message
    }
  })
  expect(printed[0]).toContain('"it is ****************"')
  expect(printed[2]).toContain('header x-a')
  expect(JSON.stringify([printed, mock.journal.entries()])).not.toContain(key)
})
