import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import { bytes } from '../../support/bytes.ts'
import { CALL, chunk, exchange, HI, ROLE, said, STOP, stream } from '../../support/said.ts'

const lines = (...each: object[]) => each.map((line) => `${JSON.stringify(line)}\n`).join('')
const events = (...each: object[]) => stream(...each.map((json) => JSON.stringify(json)))
const named = (name: string, json: object) => `event: ${name}\n${events(json)}`
const ollama = (content: string, done: boolean) => ({
  model: 'm',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content },
  done,
})
const gemini = { candidates: [{ content: { role: 'model', parts: [{ text: 'Hi.' }] } }] }

const ANSWERS: [api: string, contentType: string, body: string][] = [
  ...(
    [
      ['the Converse API of Amazon Bedrock', { contentBlockDelta: { delta: { text: 'Hi.' } } }],
      ["Cohere's own API", { type: 'content-delta', delta: { message: {} } }],
      ["Dify's own API", { event: 'message', answer: 'Hi.' }],
      ["Text Generation Inference's own API", { token: { text: 'Hi.' }, generated_text: null }],
      ["llama.cpp's own API", { content: 'Hi.', stop: false }],
      ["LangChain's stream of events", { event: 'on_chat_model_stream', data: {} }],
      ['the OpenAI Assistants API', { object: 'thread.message.delta', delta: {} }],
      ["Workers AI's own API", { response: 'Hi.', p: 'abc' }],
      ['AG-UI', { type: 'TEXT_MESSAGE_CONTENT', delta: 'Hi.' }],
      ["Mastra's own stream", { type: 'text-delta', runId: '1', from: 'AGENT', payload: {} }],
    ] as const
  ).map(([api, json]): [string, string, string] => [api, 'text/event-stream', events(json)]),
  [
    'the Anthropic Messages API',
    'text/event-stream',
    named('message_start', { type: 'message_start', message: {} }) +
      named('ping', { type: 'ping' }) +
      named('content_block_delta', { type: 'content_block_delta', delta: { text: 'Hi.' } }) +
      named('message_stop', { type: 'message_stop' }),
  ],
  [
    'the Anthropic Messages API',
    'application/json',
    '{"type": "message", "role": "assistant", "content": [{"type": "text", "text": "Hi."}]}',
  ],
  [
    'the OpenAI Responses API',
    'text/event-stream',
    named('response.created', { type: 'response.created', response: {} }) +
      named('response.output_text.delta', { type: 'response.output_text.delta', delta: 'Hi.' }),
  ],
  ['the OpenAI Responses API', 'application/json', '{"object": "response", "output": []}'],
  ['the Gemini API', 'text/event-stream', events(gemini, gemini)],
  ['the Gemini API', 'text/event-stream', events({ response: gemini })],
  ['the Gemini API', 'application/json', JSON.stringify([gemini, gemini], null, 2)],
  ["Ollama's own API", 'application/x-ndjson', lines(ollama('Hi.', false), ollama('', true))],
  ["Ollama's own API", 'application/json', JSON.stringify(ollama('Hi.', true))],
  [
    "Ollama's own API",
    'text/event-stream',
    events({ created_at: '2026-01-01T00:00:00Z', response: 'Hi.', done: false }),
  ],
  [
    'LangServe or LangGraph',
    'text/event-stream',
    `${named('metadata', { run_id: '1' })}event: data\n${stream('"Hi."')}event: end\n\n`,
  ],
  ['LangServe or LangGraph', 'text/event-stream', events({ type: 'AIMessageChunk', content: 'H' })],
  [
    'the UI message stream of the AI SDK',
    'text/event-stream',
    events({ type: 'start', messageId: 'msg-1' }, { type: 'start-step' }) + stream('[DONE]'),
  ],
  [
    'the UI message stream of the AI SDK',
    'text/event-stream',
    events({ type: 'start' }, { type: 'text-delta', id: '0', delta: 'Hi.' }) + stream('[DONE]'),
  ],
  [
    'the data stream of the AI SDK',
    'text/plain',
    'f:{"messageId":"msg-1"}\n0:"Hi."\nd:{"finishReason":"stop"}\n',
  ],
]

/** Everything above info that is said of an answer. */
function told(contentType: string, body: string): string[] {
  const judged = exchange({
    response: { status: 200, statusText: 'OK', headers: [['content-type', contentType]], atMs: 1 },
    arrivals: [{ atMs: 5, bytes: bytes(body) }],
  })
  return lint([{ file: 'x', exchange: judged }]).files[0]!.checks.flatMap(({ id, findings }) =>
    findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ severity, message }) => `${severity} ${id}: ${message}`),
  )
}

test.each(ANSWERS)('%s, as %s, is named in one finding', (api, contentType, body) => {
  expect(told(contentType, body)).toEqual([
    `error stream/other-api: The answer is in the format of ${api}, not of chat completions.`,
  ])
})

describe('is no other API', () => {
  test.each([
    ['a chunk beside its events', events({ type: 'response.created' }) + stream(ROLE, HI, STOP)],
    [
      'a chunk that says more',
      stream(chunk({ delta: { tool_calls: [{ index: 0, ...CALL }] } }, { type: 'message_start' })),
    ],
    ['an event of unknown form', events({ type: 'status', done: false })],
    ['a line of text', '0: hello\n\n'],
    ['a line that is not JSON', '0:"hello\n\n'],
    ['a chunk without "data:"', `${HI}\n`],
  ])('%s', (_, body) => {
    expect(said('stream/other-api', body)).toEqual([])
  })
})
