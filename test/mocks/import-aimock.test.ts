import { LLMock } from '@copilotkit/aimock'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ChatRequest, importAimock, mockFetch } from '../../src/mocks/index.ts'
import { joined, offering, post, said, saying } from '../support/chat.ts'

const FIXTURES = [
  {
    match: { userMessage: 'weather', hasToolResult: true },
    response: { content: 'It is {{ clear }}.' },
  },
  {
    match: { userMessage: 'weather', toolName: 'get_weather' },
    response: { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Bern"}', id: 'call_w' }] },
  },
  {
    match: { systemMessage: ['Ava', 'shop (small)'], userMessage: 'who' },
    response: { content: { name: 'Ava' } },
  },
  { match: { model: 'gpt-4o', userMessage: 'model' }, response: { content: 'The 4o.' } },
  { match: { userMessage: 'second', turnIndex: 1 }, response: { content: 'Turn two.' } },
  { match: { context: 'left', userMessage: 'side' }, response: { content: 'Left.' } },
  {
    match: { userMessage: 'busy' },
    response: { error: { message: 'Slow down.', type: 'rate_limit_error' }, status: 429 },
  },
  {
    match: { userMessage: 'both' },
    response: {
      blocks: [
        { type: 'text', text: 'One moment. ' },
        { type: 'toolCall', name: 'get_weather', arguments: {} },
      ],
    },
  },
  { match: { userMessage: 'hello' }, response: { content: 'Hello!', reasoning: 'Greet.' } },
]

const TOOL_TURN: ChatRequest = {
  ...saying(''),
  messages: [
    { role: 'user', content: 'weather' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_w', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_w', content: 'clear' },
  ],
}
const SECOND: ChatRequest['messages'] = [
  { role: 'user', content: 'first' },
  { role: 'assistant', content: 'Hm.' },
  { role: 'user', content: 'second' },
]

test.each<[string, ChatRequest, Record<string, string>?]>([
  ['text', saying('hello there')],
  ['a tool', saying('weather?', offering('get_weather'))],
  ['a tool that is not offered', saying('weather?')],
  ['a tool result', TOOL_TURN],
  [
    'a system message',
    saying('', {
      messages: [
        { role: 'system', content: 'Ava of the shop (small)' },
        { role: 'user', content: 'who' },
      ],
    }),
  ],
  [
    'half a system message',
    saying('', {
      messages: [
        { role: 'system', content: 'Ava' },
        { role: 'user', content: 'who' },
      ],
    }),
  ],
  ['a model', saying('model', { model: 'gpt-4o' })],
  ['a dated model', saying('model', { model: 'gpt-4o-2024-08-06' })],
  ['a smaller model', saying('model', { model: 'gpt-4o-mini' })],
  ['a turn', saying('', { messages: SECOND })],
  ['a context', saying('side'), { 'x-aimock-context': 'left' }],
  ['another context', saying('side'), { 'x-aimock-context': 'right' }],
  ['an error', saying('busy')],
  ['blocks', saying('both', offering('get_weather'))],
])('%s is answered as aimock does', async (_, request, headers = {}) => {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  mock.addFixturesFromJSON(structuredClone(FIXTURES) as never)
  await mock.start()
  onTestFinished(() => mock.stop())
  const { scenarios, notes } = importAimock({ fixtures: FIXTURES }, 'f.json')
  expect(scenarios).toHaveLength(FIXTURES.length)
  expect(notes).toEqual(['f.json: fixture 5: match.turnIndex became "turn", which is exact'])

  const theirs = await post(fetch, request, headers, `${mock.url}/v1/chat/completions`)
  const ours = await post(mockFetch({ scenarios, strict: true }), request, headers)
  expect(ours.status).toBe(theirs.status)
  if (ours.status === 200) expect(await gist(ours)).toEqual(await gist(theirs))
  else if (ours.status === 429) {
    expect(ours.headers.get('retry-after')).toBe(theirs.headers.get('retry-after'))
  }
})

async function gist(response: Response) {
  const [choice] = (await joined(response)).choices
  const { content, reasoning, finishReason, toolCalls } = choice!
  const calls = toolCalls.map(({ name, arguments: args }) => ({ name, args: JSON.parse(args) }))
  return { content, reasoning, finishReason, calls }
}

test('pace and faults are taken over', () => {
  const fixture = (rest: object) => ({ match: {}, response: { content: 'x' }, ...rest })
  const { scenarios, notes } = importAimock(
    {
      fixtures: [
        fixture({ streamingProfile: { ttft: 200, tps: 40, jitter: 0.1 } }),
        fixture({
          recordedTimings: { ttftMs: 100, interChunkDelaysMs: [10, 20], totalDurationMs: 130 },
          replaySpeed: 2,
        }),
        fixture({ latency: 5, truncateAfterChunks: 3 }),
        fixture({ chaos: { disconnectRate: 0.2, dropRate: 0.1 } }),
      ],
    },
    'f.json',
  )
  expect(scenarios.map(({ then }) => then)).toEqual([
    { text: 'x', pacing: { ttft: 200, tokensPerSecond: 40, jitter: 0.1 } },
    { text: 'x', pacing: { ttft: 50, gap: { distribution: 'recorded', values: [5, 10] } } },
    { text: 'x', pacing: { ttft: 5, gap: 5 }, fault: 'network/reset' },
    { text: 'x', fault: { name: 'network/reset', rate: 0.2 } },
  ])
  expect(notes).toEqual([
    'f.json: fixture 3: truncateAfterChunks became network/reset, in the middle of the stream',
    'f.json: fixture 4: chaos.dropRate left out; see "soundcheck explain"',
  ])
})

describe('what cannot be taken over is left out, and noted', () => {
  test.each([
    [
      { match: { inputText: 'x' }, response: { embedding: [1] } },
      'match.inputText has no counterpart',
    ],
    [
      { match: { responseFormat: 'json_object' }, response: { content: '{}' } },
      'match.responseFormat has',
    ],
    [{ match: { endpoint: 'image' }, response: { image: {} } }, 'it answers image'],
    [{ match: {}, response: { image: {} } }, 'its response is none of a chat completion'],
    [{ response: { content: 'x' } }, 'it needs an object "match"'],
  ])('%j', (fixture, note) => {
    const { scenarios, notes } = importAimock({ fixtures: [fixture] }, 'f.json')
    expect(scenarios).toEqual([])
    expect(notes).toEqual([expect.stringContaining(`f.json: fixture 1: left out: ${note}`)])
  })

  test('a file of something else is refused', () => {
    expect(() => importAimock({ llm: {} }, 'f.json')).toThrow('f.json: has no "fixtures"')
  })
})

test('a sequence goes on with the conversation', async () => {
  const joke = (content: string, sequenceIndex: number) => ({
    match: { userMessage: 'joke', sequenceIndex },
    response: { content },
  })
  const { scenarios } = importAimock({ fixtures: [joke('One.', 0), joke('Two.', 1)] }, 'f.json')
  const fetch = mockFetch({ scenarios, strict: true })
  expect(await said(await post(fetch, saying('joke')))).toBe('One.')
  const messages = [
    { role: 'user' as const, content: 'joke' },
    { role: 'assistant' as const, content: 'One.' },
    { role: 'user' as const, content: 'another joke' },
  ]
  expect(await said(await post(fetch, saying('', { messages })))).toBe('Two.')
})
