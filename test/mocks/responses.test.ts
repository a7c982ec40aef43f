import { describe, expect, test } from 'vitest'
import {
  type AnswerSpec,
  type ChatRequest,
  mockFetch,
  type MockLlmOptions,
  virtualClock,
} from '../../src/mocks/index.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import { bytes } from '../support/bytes.ts'
import { payloads, post, said, saying } from '../support/chat.ts'
import { decodeSse } from '../../src/wire/index.ts'

type Responses = NonNullable<MockLlmOptions['responses']>

async function ask(then: AnswerSpec | string, body: JsonObject = {}, responses?: Responses) {
  const fetch = mockFetch({ scenarios: [{ then }], ...(responses && { responses }) })
  return fetch('https://mock.test/v1/responses', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', input: 'Hello', ...body }),
  })
}

async function streamed(then: AnswerSpec | string, responses?: Responses, body: JsonObject = {}) {
  const text = await (await ask(then, { stream: true, ...body }, responses)).text()
  const { events } = decodeSse([{ atMs: 0, bytes: bytes(text) }])
  const data = events.map((event) => event.data)
  return {
    names: events.map(({ name }) => name),
    events: data.filter((each) => each !== '[DONE]').map((each) => JSON.parse(each) as Event),
    isDone: data.at(-1) === '[DONE]',
  }
}

interface Event extends JsonObject {
  readonly type: string
  readonly response: JsonObject
}

async function outputOf(then: AnswerSpec, body: JsonObject = {}): Promise<JsonObject[]> {
  return ((await (await ask(then, body)).json()) as { output: JsonObject[] }).output
}

describe('what a scenario says in the Responses API', () => {
  const TALK: AnswerSpec = {
    messages: [
      { phase: 'commentary', text: 'Let me look.' },
      { phase: 'final_answer', text: 'It is {{user}}.' },
    ],
  }

  test('are several messages, which are one text in a chat completion', async () => {
    expect(await outputOf(TALK)).toMatchObject([
      { type: 'message', phase: 'commentary', content: [{ text: 'Let me look.' }] },
      { type: 'message', phase: 'final_answer', content: [{ text: 'It is Hello.' }] },
    ])
    const { events } = await streamed(TALK)
    expect(
      events.filter(({ type }) => type === 'response.output_item.added').map(({ item }) => item),
    ).toMatchObject([
      { phase: 'commentary', content: [] },
      { phase: 'final_answer', content: [] },
    ])
    const fetch = mockFetch({ scenarios: [{ then: TALK }] })
    expect(await said(await post(fetch, saying('Hello')))).toBe('Let me look. It is Hello.')
  })

  test('are cut where the request says so', async () => {
    const whole = (await (await ask(TALK, { max_output_tokens: 16 })).json()) as JsonObject
    expect(whole['status']).toBe('completed')
    const response = await ask(
      { messages: [{ text: 'One two. '.repeat(9) }, { text: 'Three.' }] },
      { max_output_tokens: 16 },
    )
    expect(await response.json()).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete' }],
    })
  })

  test('is either a text or messages', async () => {
    const both = { text: 'One.', messages: [{ text: 'Two.' }] }
    expect(() => mockFetch({ scenarios: [{ then: both }] })).toThrow(
      /both "text" and "messages"; say all of it in one/,
    )
  })

  test('is thought before, told or encrypted', async () => {
    const then = { reasoning: 'A greeting.', text: 'Hi.' }
    const include = ['reasoning.encrypted_content']
    const summary = [{ type: 'summary_text', text: 'A greeting.' }]
    const [plain] = await outputOf(then)
    expect(plain).toMatchObject({ type: 'reasoning', summary })
    expect(plain).not.toHaveProperty('encrypted_content')
    const [encrypted] = await outputOf(then, { include })
    expect(encrypted).toMatchObject({ summary, encrypted_content: expect.stringMatching(/^gAAAA/) })
    const [hidden] = await outputOf({ ...then, reasoning: '' }, { include })
    expect(hidden).toMatchObject({ summary: [], encrypted_content: expect.any(String) as string })
  })

  test('is told again with what was asked', async () => {
    const format = { type: 'json_schema', name: 'any', schema: { type: 'object' }, strict: false }
    const response = await ask('{}', {
      text: { format },
      instructions: 'Be kind.',
      metadata: { a: 'b' },
      max_output_tokens: 99,
    })
    expect(await response.json()).toMatchObject({
      text: { format },
      instructions: 'Be kind.',
      metadata: { a: 'b' },
      max_output_tokens: 99,
      tools: [],
    })
  })
})

test('an answer is paced by what it says, its ends with the tokens beside them', async () => {
  const pacing = { ttft: 100, gap: 10 }
  const fetch = mockFetch({
    clock: virtualClock(),
    scenarios: [{ then: { bufferWords: 'Well, ', text: 'one two', pacing } }],
  })
  const request = { model: 'm', input: 'Hello', stream: true } as unknown as ChatRequest
  const types = (await payloads(await post(fetch, request, {}, 'https://mock.test/v1/responses')))
    .map((data) => JSON.parse(data) as Event)
    .map(({ type, delta }) => delta ?? type.replace('response.', ''))
  let before = 0
  const writes = fetch.journal.entries()[0]!.writes.map(({ frames, dueMs }) => {
    const written = types.slice(before, frames)
    before = frames
    return [dueMs, ...written]
  })
  expect(writes).toEqual([
    [0, 'created', 'in_progress', 'output_item.added', 'content_part.added', 'Well', ',', ' '],
    [100, 'one'],
    [110, ' two', 'output_text.done', 'content_part.done', 'output_item.done', 'completed'],
  ])
})

describe('an answer that is broken off', () => {
  const then = {
    text: 'One two three.',
    error: { status: 429, message: 'Slow down.', type: 'rate_limit_error', afterTokens: 2 },
  }

  test('ends with an error, and as failed', async () => {
    const { events } = await streamed(then)
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
    expect(deltas.map(({ delta }) => delta)).toEqual(['One', ' two'])
    const error = {
      type: 'rate_limit_error',
      code: 'rate_limit_exceeded',
      message: 'Slow down.',
      param: null,
    }
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', error },
      {
        type: 'response.failed',
        response: {
          status: 'failed',
          error: { code: error.code, message: error.message },
          usage: null,
        },
      },
    ])
    expect(events.map((event) => event['sequence_number'])).toEqual([...events.keys()])
    const failed = (await (await ask(then)).json()) as JsonObject
    expect(failed['error']).toEqual({ code: error.code, message: error.message })
  })

  test.each([0, 1, 99])('after %i tokens', async (afterTokens) => {
    const { events } = await streamed({ ...then, error: { ...then.error, afterTokens } })
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
    expect(deltas).toHaveLength(Math.min(afterTokens, 4))
    expect(events.at(-1)!.type).toBe('response.failed')
  })

  test.each([
    ['nested', ['error', 'sequence_number', 'type']],
    ['flat', ['code', 'message', 'param', 'sequence_number', 'type']],
    ['both', ['code', 'error', 'message', 'param', 'sequence_number', 'type']],
  ] as const)('says what went wrong %s', async (error, members) => {
    const { events } = await streamed(then, { error })
    expect(Object.keys(events.at(-2)!).toSorted()).toEqual(members)
  })
})

describe('a style', () => {
  test('of the events that ElevenLabs documents', async () => {
    const { events, isDone } = await streamed('Hello there.', { events: 'minimal', done: true })
    expect(events.slice(0, 2)).toEqual([
      { type: 'response.output_text.delta', delta: 'Hello' },
      { type: 'response.output_text.delta', delta: ' there' },
    ])
    expect(events.at(-1)).toEqual({
      type: 'response.completed',
      response: { id: expect.stringMatching(/^resp_/) as string, status: 'completed' },
    })
    expect(isDone).toBe(true)
  })

  test('of whole calls, and nothing that was thought', async () => {
    const tools = [{ type: 'function', name: 'a', parameters: null }]
    const then = { reasoning: 'Hm.', text: 'Yes', calls: [{ name: 'a', arguments: { x: 1 } }] }
    const { events } = await streamed(then, { events: 'minimal' }, { tools })
    expect(events).toMatchObject([
      { type: 'response.output_text.delta', delta: 'Yes' },
      { type: 'response.output_item.done', item: { name: 'a', arguments: '{"x":1}' } },
      { type: 'response.completed' },
    ])
  })

  test('of events that end with an error', async () => {
    const then = { text: 'One two.', error: { message: 'Down.', afterTokens: 1 } }
    const { events } = await streamed(then, { events: 'minimal' })
    expect(events).toMatchObject([
      { type: 'response.output_text.delta', delta: 'One' },
      { type: 'error', error: { message: 'Down.' } },
    ])
    expect(events).toHaveLength(2)
  })

  test('without names of events', async () => {
    const { names, events } = await streamed('Hello.', { eventLines: false })
    expect(new Set(names)).toEqual(new Set([undefined]))
    expect(events[0]!.type).toBe('response.created')
    const named = await streamed('Hello.')
    expect(named.names).toEqual(named.events.map(({ type }) => type))
    expect(named.isDone).toBe(false)
  })
})
