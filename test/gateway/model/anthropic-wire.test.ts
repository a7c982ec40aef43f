import { createAnthropic } from '@ai-sdk/anthropic'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { modelUpstream } from '../../../src/gateway/upstream/model/model-upstream.ts'
import { rawServer } from '../../support/raw-server.ts'
import { saidBy, saying } from '../../support/said-by.ts'

const START = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5',
    content: [],
    stop_reason: null,
    usage: { input_tokens: 11, cache_read_input_tokens: 4, output_tokens: 1 },
  },
}
const text = (said: string) => [
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: said } },
]
const stop = (reason: string) => [
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 6 },
  },
  { type: 'message_stop' },
]
const OVERLOADED = {
  type: 'error',
  error: { type: 'overloaded_error', message: 'Overloaded sk-canary' },
}

interface Event {
  readonly type: string
}

function write(response: ServerResponse, events: readonly Event[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
}

const anthropic = (url: string) =>
  modelUpstream(createAnthropic({ apiKey: 'sk-test', baseURL: url })('claude-haiku-4-5'))

/** What is heard of these events, after which the answer ends, or its connection. */
async function hear(events: readonly Event[], end: 'end' | 'destroy' = 'end') {
  const url = await rawServer((_, response) => {
    write(response, events)
    if (end === 'end') response.end()
    else setTimeout(() => response.destroy(), 30)
  })
  return saidBy(anthropic(url), saying('hi'))
}

test.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['refusal', 'content_filter'],
])('it finishes by %s: %s, with usage', async (reason, expected) => {
  const said = await hear([START, { type: 'ping' }, ...text('Hello.'), ...stop(reason)])
  expect(said).toMatchObject({
    error: undefined,
    text: 'Hello.',
    finishReasons: [expected],
    usage: {
      prompt_tokens: 15,
      completion_tokens: 6,
      total_tokens: 21,
      prompt_tokens_details: { cached_tokens: 4 },
    },
  })
})

test('it is overloaded before it speaks, and within', async () => {
  expect((await hear([OVERLOADED])).error).toMatchObject({ fault: 'failed', status: 529 })
  const said = await hear([START, ...text('Hel'), OVERLOADED])
  expect(said).toMatchObject({ text: 'Hel', finishReasons: [], error: { fault: 'failed' } })
})

test.each([
  ['says nothing at all', [], 'unreachable'],
  ['begins', [START], 'broken'],
  ['speaks', [START, ...text('Hel')], 'broken'],
])('it %s, and ends, or its connection does', async (_, events, fault) => {
  const ended = await hear(events)
  expect(ended).toMatchObject({ error: { fault: 'broken' }, finishReasons: [] })
  const destroyed = await hear(events, 'destroy')
  expect(destroyed).toMatchObject({ error: { fault }, finishReasons: [] })
})

test('what it sends is no JSON', async () => {
  const url = await rawServer((_, response) => {
    write(response, [START])
    response.end('data: {"type":\n\n')
  })
  expect((await saidBy(anthropic(url), saying('hi'))).error).toMatchObject({ fault: 'garbled' })
})

test('a proxy answers for it, in HTML', async () => {
  const url = await rawServer((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
  })
  expect((await saidBy(anthropic(url), saying('hi'))).error).toMatchObject({
    fault: 'failed',
    status: 502,
  })
})

test('a connection is used again, though its answer ends after it is finished', async () => {
  const sockets = new Set<unknown>()
  const url = await rawServer((request, response) => {
    sockets.add(request.socket)
    write(response, [START, ...text('Hello.'), ...stop('end_turn')])
    setTimeout(() => response.end(), 30)
  })
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await saidBy(anthropic(url), saying('hi'))).text).toBe('Hello.')
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(sockets.size).toBe(1)
})
