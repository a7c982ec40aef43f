import OpenAI from 'openai'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { mockFetch } from '../../src/mocks/index.ts'
import { useMockLlm } from '../../src/vitest/index.ts'
import { post, saying } from '../support/chat.ts'

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
    await vi.waitFor(() => expect(llm).toHaveBeenAborted())
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
