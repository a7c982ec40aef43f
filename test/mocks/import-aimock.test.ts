import { LLMock } from '@copilotkit/aimock'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type ChatRequest,
  type FetchFunction,
  importAimock,
  mockFetch,
} from '../../src/mocks/index.ts'
import { type JsonObject, responses } from '../../src/protocol/index.ts'
import { joined, offering, payloads, post, said, saying } from '../support/chat.ts'

const BRACES = 'At\n  {{ home }}\n<%= x %> <%% {{> y }} %%>'
const CALL = { name: 'get_weather', arguments: '{"at": 12345678901234567890}' }

const USER =
  'f.json: match.userMessage became "user", which looks at the last message of the user; in aimock, a message without text, such as an image alone, is passed over'

const FIXTURES = [
  { match: { toolCallId: 'call_w', userMessage: 'loop' }, response: { toolCalls: [CALL] } },
  { match: { toolCallId: 'call_x', userMessage: 'loop' }, response: { content: 'Over.' } },
  { match: { userMessage: 'braces' }, response: { content: BRACES } },
  {
    match: { userMessage: 'later' },
    response: {
      error: { message: 'Later, {{ name }}.', code: 'later' },
      status: 429,
      retryAfter: 7,
    },
  },
  {
    match: { userMessage: 'down' },
    response: { error: { message: 'Down.', param: 'p' }, status: 503, retryAfter: 7 },
  },
  {
    match: { userMessage: 'count' },
    response: { content: 'One.', usage: { input_tokens: 3, output_tokens: 4 } },
  },
  {
    match: { userMessage: 'blocks only' },
    response: { blocks: [{ type: 'text', text: 'Blocks.' }], content: 'No.', toolCalls: [CALL] },
  },
  { match: { systemMessage: '', userMessage: 'told' }, response: { content: 'Told.' } },
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

/** A turn in which the results of these calls came in. */
function loop(...ids: string[]): ChatRequest {
  const call = (id: string) => ({
    id,
    type: 'function' as const,
    function: { name: 'f', arguments: '{}' },
  })
  return saying('', {
    ...offering('get_weather'),
    messages: [
      { role: 'user', content: 'loop' },
      { role: 'assistant', content: null, tool_calls: ids.map(call) },
      ...ids.map((id) => ({ role: 'tool' as const, tool_call_id: id, content: 'ok' })),
    ],
  })
}

const SECOND: ChatRequest['messages'] = [
  { role: 'user', content: 'first' },
  { role: 'assistant', content: 'Hm.' },
  { role: 'user', content: 'second' },
]

const CASES: [string, ChatRequest, Record<string, string>?][] = [
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
  ['the last of several tool results', loop('call_w', 'call_x')],
  ['a tool result that is the last', loop('call_x', 'call_w')],
  ['braces', saying('braces')],
  ['an error that says when to come again', saying('later')],
  ['an error of the server', saying('down')],
  ['usage by other names', saying('count', { stream_options: { include_usage: true } })],
  ['blocks beside what they stand for', saying('blocks only', offering('get_weather'))],
  ['no system message', saying('told')],
  [
    'any system message',
    saying('', {
      messages: [
        { role: 'system', content: 'x' },
        { role: 'user', content: 'told' },
      ],
    }),
  ],
  ['a context', saying('side'), { 'x-aimock-context': 'left' }],
  ['another context', saying('side'), { 'x-aimock-context': 'right' }],
  ['an error', saying('busy')],
  ['blocks', saying('both', offering('get_weather'))],
]

async function aimock(): Promise<string> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  mock.addFixturesFromJSON(structuredClone(FIXTURES) as never)
  await mock.start()
  onTestFinished(() => mock.stop())
  return mock.url
}

test.each(CASES)('%s is answered as aimock does', async (_, request, headers = {}) => {
  const url = await aimock()
  const { scenarios, notes } = importAimock({ fixtures: FIXTURES }, 'f.json')
  expect(scenarios).toHaveLength(FIXTURES.length)
  const developers = 'match.systemMessage looks at messages of the role "developer", too'
  expect(notes).toEqual([
    `f.json: fixture 8: ${developers}`,
    `f.json: fixture 11: ${developers}`,
    'f.json: fixture 13: match.turnIndex became "turn", which is exact',
    'f.json: fixtures that call tools match only where the request offers these; in aimock they match in any case (1, 16)',
    USER,
  ])

  const theirs = await post(fetch, request, headers, `${url}/v1/chat/completions`)
  const ours = await post(mockFetch({ scenarios, strict: true }), request, headers)
  expect(ours.status).toBe(theirs.status)
  if (ours.status === 200) expect(await gist(ours)).toEqual(await gist(theirs))
  else if (ours.status !== 404) {
    expect(ours.headers.get('retry-after')).toBe(theirs.headers.get('retry-after'))
    expect(await ours.json()).toEqual(await theirs.json())
  }
})

test.each(CASES)(
  '%s is answered as aimock does, in the Responses API',
  async (_, request, headers = {}) => {
    const { scenarios } = importAimock({ fixtures: FIXTURES }, 'f.json')
    const asked = responses.makeRequest(request as unknown as JsonObject) as unknown as ChatRequest
    const ask = (fetching: FetchFunction, base: string) =>
      post(fetching, asked, headers, `${base}/v1/responses`)
    const theirs = await ask(fetch, await aimock())
    const ours = await ask(mockFetch({ scenarios, strict: true }), 'https://mock.test')
    expect(ours.status).toBe(theirs.status)
    if (ours.status === 200) expect(await outputOf(ours)).toEqual(await outputOf(theirs))
  },
)

/** What a stream of events says. */
async function outputOf(response: Response) {
  const { choices } = responses.readReply(
    (await payloads(response)).map((data) => ({ name: undefined, data })),
  )
  const { text, reasoning, calls } = choices[0]!
  return { text, reasoning, calls: calls.map(({ name, arguments: args }) => ({ name, args })) }
}

/** Without the details of usage, which OpenAI has, and aimock has not. */
async function gist(response: Response) {
  const { choices, usage: told } = await joined(response)
  const details = ['prompt_tokens_details', 'completion_tokens_details']
  const usage =
    told && Object.fromEntries(Object.entries(told).filter(([name]) => !details.includes(name)))
  const { text: content, reasoning, finishReason, calls: made } = choices[0]!
  const calls = made.map(({ name, arguments: args }) => ({ name, args }))
  // What is counted as part of another count, aimock leaves out.
  const { prompt_tokens_details: _, completion_tokens_details: __, ...counts } = usage ?? {}
  return { content, reasoning, finishReason, calls, counts }
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
        fixture({ recordedTimings: { ttftMs: -1, interChunkDelaysMs: ['x'] }, replaySpeed: 0 }),
        fixture({ latency: 5, truncateAfterChunks: 3 }),
        fixture({ chaos: { disconnectRate: 0.2, dropRate: 0.1 } }),
      ],
    },
    'f.json',
  )
  expect(scenarios.map(({ then }) => then)).toEqual([
    { text: 'x', pacing: { ttft: 200, tokensPerSecond: 40, jitter: 0.1 } },
    { text: 'x', pacing: { ttft: 50, gap: { distribution: 'recorded', values: [5, 10] } } },
    { text: 'x', pacing: { ttft: 0 } },
    { text: 'x', pacing: { ttft: 5, gap: 5 }, fault: 'network/reset' },
    { text: 'x', fault: { name: 'network/reset', rate: 0.2 } },
  ])
  expect(notes).toEqual([
    'f.json: fixture 4: truncateAfterChunks became network/reset, in the middle of the stream',
    'f.json: fixture 5: chaos.dropRate left out; see "soundcheck explain"',
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
    [{ match: { endpoint: 'image' }, response: { image: {} } }, 'it answers "image"'],
    [{ match: {}, response: { image: {} } }, 'its response is none of a chat completion'],
    [{ response: { content: 'x' } }, 'it needs an object "match"'],
    [{ match: { userMessage: ['x'] }, response: { content: 'x' } }, 'match.userMessage is no'],
    [
      { match: { systemMessage: ['x', 1] }, response: { content: 'x' } },
      'match.systemMessage is neither',
    ],
    [
      { match: { hasToolResult: false, toolCallId: 'x' }, response: { content: 'x' } },
      'it wants a result of a tool, and none',
    ],
  ])('%j', (fixture, note) => {
    const { scenarios, notes } = importAimock({ fixtures: [fixture] }, 'f.json')
    expect(scenarios).toEqual([])
    expect(notes).toEqual([expect.stringContaining(`f.json: fixture 1: left out: ${note}`)])
  })

  test.each([
    [{ response: { error: { message: 'x' }, status: 302 } }, '/then/error/status must be >= 400'],
    [{ response: { content: 'x', finishReason: 'end_turn' } }, '/then/finishReason must be equal'],
    [
      { response: { content: 'x', usage: { prompt_tokens: -1 } } },
      '/then/usage/prompt_tokens must',
    ],
    [{ response: { toolCalls: [{ arguments: {} }] } }, '/then/calls/0/name must NOT have fewer'],
    [{ response: { content: 'x' }, latency: -1 }, '/then/pacing/ttft must be >= 0'],
  ])('%j, and the others of its file are kept', (fixture, why) => {
    const good = { match: { userMessage: 'hello' }, response: { content: 'Hello.' } }
    const fixtures = [{ match: {}, ...fixture }, good]
    const { scenarios, notes } = importAimock({ fixtures }, 'f.json')
    expect(scenarios.map(({ name }) => name)).toEqual(['f.json: fixture 2'])
    expect(notes[0]).toContain(`f.json: fixture 1: left out: ${why}`)
  })

  test('a file of something else is refused', () => {
    expect(() => importAimock({ llm: {} }, 'f.json')).toThrow(
      'f.json: has no "fixtures"; is it a fixture file of aimock?',
    )
    expect(() => importAimock({ llm: { fixtures: './a.json' } }, 'f.json')).toThrow(
      'f.json: has no "fixtures"; it is a configuration of aimock, whose fixtures are in ./a.json; import that.',
    )
  })
})

test('calls that are none are noted, since aimock says that there are some', () => {
  const importing = (response: object) =>
    importAimock({ fixtures: [{ match: {}, response }] }, 'f.json').notes
  expect(importing({ content: 'x', toolCalls: [] })).toEqual([
    'f.json: fixture 1: response.toolCalls is empty: it ends with "stop" here, with "tool_calls" in aimock',
  ])
  expect(importing({ content: 'x', toolCalls: [], finishReason: 'stop' })).toEqual([])
})

test('what means nothing here is noted', () => {
  const fixture = {
    _why: 'a comment',
    match: { userMesage: 'typo', model: 'm' },
    response: { content: 'x', webSearches: ['y'], provider: 'z' },
    chunkSize: 4,
    openRouterProcessing: true,
    metadata: { systemHash: 'h' },
    streamingProfile: { ttft: 1, tpps: 2 },
  }
  const { scenarios, notes } = importAimock({ fixtures: [fixture] }, 'f.json')
  expect(scenarios).toMatchObject([{ then: { text: 'x', pacing: { ttft: 1 } } }])
  expect(notes).toEqual(
    [
      'left without match.userMesage, which means nothing here',
      'left without response.webSearches, response.provider, which mean nothing here',
      'left without openRouterProcessing, which means nothing here',
      'left without streamingProfile.tpps, which means nothing here',
      'chunkSize left out: each event holds one token here',
    ].map((note) => `f.json: fixture 1: ${note}`),
  )
})

test('a sequence goes on with the conversation', async () => {
  const joke = (content: string, sequenceIndex: number) => ({
    match: { userMessage: 'joke', sequenceIndex },
    response: { content },
  })
  const fixtures = [joke('One.', 0), joke('Two.', 1)]
  const { scenarios, notes } = importAimock({ fixtures }, 'f.json')
  expect(notes).toEqual([expect.stringContaining('in aimock it gets the next one (1, 2)'), USER])
  const fetch = mockFetch({ scenarios, strict: true })
  expect(await said(await post(fetch, saying('joke')))).toBe('One.')
  const messages = [
    { role: 'user' as const, content: 'joke' },
    { role: 'assistant' as const, content: 'One.' },
    { role: 'user' as const, content: 'another joke' },
  ]
  expect(await said(await post(fetch, saying('', { messages })))).toBe('Two.')
})

test('an error in a sequence is over when the request is sent again, as in aimock', async () => {
  const fixture = (sequenceIndex: number, response: object) => ({
    match: { userMessage: 'try', sequenceIndex },
    response,
  })
  const fixtures = [
    fixture(2, { content: 'Well.' }),
    fixture(0, { error: { message: 'Busy.' }, status: 429 }),
    fixture(1, { error: { message: 'Down.' }, status: 503 }),
    fixture(3, { error: { message: 'Again.' }, status: 500 }),
    fixture(4, { content: 'Well again.' }),
  ]
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  mock.addFixturesFromJSON(structuredClone(fixtures))
  await mock.start()
  onTestFinished(() => mock.stop())
  const { scenarios } = importAimock({ fixtures }, 'f.json')
  const first: ChatRequest['messages'] = [{ role: 'user', content: 'try' }]
  const second = [...first, { role: 'assistant' as const, content: 'Well.' }, ...first]
  const answers = async (fetch: FetchFunction, url?: string) => {
    const seen: (number | string)[] = []
    for (const messages of [first, first, first, second, second]) {
      const response = await post(fetch, saying('', { messages }), {}, url)
      seen.push(response.status === 200 ? await said(response) : response.status)
    }
    return seen
  }
  const theirs = await answers(fetch, `${mock.url}/v1/chat/completions`)
  expect(theirs).toEqual([429, 503, 'Well.', 500, 'Well again.'])
  expect(await answers(mockFetch({ scenarios, strict: true }))).toEqual(theirs)
})
