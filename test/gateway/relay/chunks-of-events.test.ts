import { expect, test } from 'vitest'
import { AnswerDecoder } from '../../../src/gateway/upstream/relay/answer-decoder.ts'
import { ChunksOfEvents } from '../../../src/gateway/upstream/relay/chunks-of-events.ts'
import type { JsonObject } from '../../../src/protocol/index.ts'

interface Choice {
  delta: { content?: string; tool_calls?: unknown[] }
  finish_reason: string | null
}

interface Heard {
  text: string
  calls: unknown[]
  finish: unknown
}

/** What is heard of a stream of events. */
function heardOf(...events: readonly JsonObject[]): Heard {
  const chunks = new ChunksOfEvents()
  const sayings = [
    ...events.flatMap((chunk) => chunks.take({ kind: 'chunk', chunk })),
    ...chunks.end(),
  ]
  const heard: Heard = { text: '', calls: [], finish: undefined }
  for (const saying of sayings) {
    if (saying.kind !== 'chunk') continue
    const [choice] = saying.chunk['choices'] as unknown as Choice[]
    heard.text += choice!.delta.content ?? ''
    heard.calls.push(...(choice!.delta.tool_calls ?? []))
    heard.finish ??= choice!.finish_reason ?? undefined
  }
  return heard
}

const content = (text: string) => [{ type: 'output_text', text }]
const added = (item: JsonObject, output_index = 0) => ({
  type: 'response.output_item.added',
  output_index,
  item,
})
const done = (item: JsonObject, output_index = 0) => ({
  type: 'response.output_item.done',
  output_index,
  item,
})
const delta = (said: string, output_index = 0) => ({
  type: 'response.output_text.delta',
  output_index,
  content_index: 0,
  delta: said,
})
const message = (text: string) => ({ type: 'message', role: 'assistant', content: content(text) })
const completed = { type: 'response.completed', response: { status: 'completed' } }

test('a text that only its item holds is said', () => {
  expect(heardOf(done(message('Hello.')), completed).text).toBe('Hello.')
})

test('a text that only the response holds is said, whatever the response calls itself', () => {
  const response = { output: [message('Hello.')] }
  expect(heardOf({ type: 'response.completed', response }).text).toBe('Hello.')
})

test.each([
  ['as it is', [delta('Hel'), delta('lo.'), done(message('Hello.'))]],
  ['in other words', [delta('Hello'), done(message('Hello there.'))]],
  ['under another index', [delta('Hello.', 1), done(message('Hello.'))]],
  [
    'interleaved',
    [delta('One.', 0), delta('Two.', 1), done(message('One.')), done(message('Two.'), 1)],
  ],
])('a text that was said before its item is said once: %s', (_, events) => {
  const pieces = events.map((event) => ('delta' in event ? event.delta : '')).join('')
  expect(heardOf(...events, completed).text).toBe(pieces)
})

test('what the item of a call lacks is that which was told before', () => {
  const call = { type: 'function_call', call_id: 'call_1', name: 'look' }
  const args = {
    type: 'response.function_call_arguments.delta',
    output_index: 0,
    delta: '{"at":1}',
  }
  const { calls } = heardOf(
    added({ ...call, arguments: '' }),
    args,
    done({ type: 'function_call' }),
  )
  expect(calls).toMatchObject([{ id: 'call_1', function: { name: 'look', arguments: '{"at":1}' } }])
})

test('a stream without its last event has ended where each item is whole', () => {
  expect(heardOf(added(message('')), delta('Hello.'), done(message('Hello.'))).finish).toBe('stop')
  const cut = { ...message('Hello'), status: 'incomplete' }
  expect(heardOf(added(message('')), delta('Hello'), done(cut)).finish).toBe('length')
})

test.each([
  ['an item is not whole', [added(message('')), delta('Hello.')]],
  ['another has begun', [done(message('Let me see.')), added({ type: 'function_call' }, 1)]],
  ['nothing was begun', []],
])('a stream without its last event has broken off where %s', (_, events) => {
  expect(heardOf(...events).finish).toBeUndefined()
})

test('a response that tells its limit was cut, whatever it is called', () => {
  const response = { status: 'completed', incomplete_details: { reason: 'max_output_tokens' } }
  expect(heardOf(delta('Hello'), { type: 'response.completed', response }).finish).toBe('length')
})

test('an event that is named beside its data alone has that type', () => {
  const decoder = new AnswerDecoder()
  const body = 'event: response.output_text.delta\ndata: {"output_index":0,"delta":"Hello."}\n\n'
  const [saying] = decoder.feed(new TextEncoder().encode(body))
  expect(saying).toMatchObject({ kind: 'chunk', chunk: { type: 'response.output_text.delta' } })
})
