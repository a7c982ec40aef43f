import { expect, test } from 'vitest'
import { type JsonObject, readResponses } from '../../../src/protocol/index.ts'

/** Reads events that are given by type and members. */
function read(...events: readonly (readonly [type: string, members?: JsonObject])[]) {
  return readResponses(
    events.map(([type, members = {}]) => ({
      name: type,
      data: type === '[DONE]' ? type : JSON.stringify({ type, ...members }),
    })),
  )
}

const delta = (output_index: number, text: string, rest: JsonObject = {}) =>
  ['response.output_text.delta', { output_index, content_index: 0, delta: text, ...rest }] as const
const args = (output_index: number, text: string) =>
  ['response.function_call_arguments.delta', { output_index, delta: text }] as const
const call = (call_id: string, name: string, told = '') => ({
  type: 'function_call',
  id: `fc_${call_id}`,
  call_id,
  name,
  arguments: told,
})
const added = (output_index: number, item: JsonObject) =>
  ['response.output_item.added', { output_index, item }] as const
const closed = (output_index: number, item: JsonObject) =>
  ['response.output_item.done', { output_index, item }] as const
const completed = (output: JsonObject[] = []) =>
  ['response.completed', { response: { id: 'resp_1', status: 'completed', output } }] as const

test('text is what deltas say, and not what is said again', () => {
  const { choices, pieces, copies, terminator } = read(
    ['response.created', { response: { id: 'resp_1' } }],
    added(0, { type: 'message', id: 'm', role: 'assistant', content: [] }),
    delta(0, 'Good '),
    delta(0, 'morning.'),
    ['response.output_text.done', { output_index: 0, content_index: 0, text: 'Good morning.' }],
    closed(0, { type: 'message', id: 'm', content: [{ type: 'output_text', text: 'Hm.' }] }),
    completed(),
  )
  expect(choices).toMatchObject([{ text: 'Good morning.', finishReason: 'stop', calls: [] }])
  expect(pieces.map(({ kind }) => kind)).toEqual([
    'filler',
    'role',
    'filler',
    'text',
    'text',
    'filler',
    'filler',
    'finish',
  ])
  expect(copies?.map(({ path, value }) => [path, value])).toEqual([
    ['/text', 'Good morning.'],
    ['/item/content/0/text', 'Hm.'],
  ])
  expect(terminator).toBe(6)
})

test('items that interleave are joined by their index, whatever their ids', () => {
  const { calls, items, choices } = read(
    added(0, call('a', 'first')),
    added(1, call('b', 'second')),
    args(0, '{"n"'),
    args(1, '{}'),
    args(0, ':1}'),
    closed(1, { ...call('b', 'second', '{}'), id: 'other' }),
    closed(0, call('a', 'first', '{"n":1}')),
    completed(),
  )
  expect(calls).toMatchObject([
    { id: 'a', name: 'first', arguments: '{"n":1}', latest: { event: 6 } },
    { id: 'b', name: 'second', arguments: '{}', latest: { event: 5 } },
  ])
  expect(items.map(({ done, call: { deltas } = {} }) => [done?.event, deltas])).toEqual([
    [6, 2],
    [5, 1],
  ])
  expect(choices[0]!.finishReason).toBe('tool_calls')
})

test('two items on one index are two', () => {
  const { items, calls } = read(
    added(0, { type: 'reasoning', id: 'r', summary: [] }),
    added(0, { type: 'message', id: 'm', role: 'assistant', content: [] }),
    delta(0, 'Yes.', { item_id: 'm' }),
    added(1, call('a', 'go')),
    added(1, call('b', 'stop')),
    completed(),
  )
  expect(items.map(({ outputIndex, type }) => [outputIndex, type])).toEqual([
    [0, 'reasoning'],
    [0, 'message'],
    [1, 'function_call'],
    [1, 'function_call'],
  ])
  expect(calls.map(({ name }) => name)).toEqual(['go', 'stop'])
})

test('the two events that ElevenLabs documents are a reply', () => {
  const { choices, items, parts } = read(
    ['response.output_text.delta', { delta: 'Hello.' }],
    ['response.completed', { response: { id: 'r', status: 'completed' } }],
    ['[DONE]'],
  )
  expect(choices).toMatchObject([{ text: 'Hello.', finishReason: 'stop' }])
  expect([items.length, parts]).toEqual([1, 2])
})

test.each([
  ['response.incomplete', { incomplete_details: { reason: 'max_output_tokens' } }, 'length'],
  ['response.incomplete', { incomplete_details: { reason: 'content_filter' } }, 'content_filter'],
  ['response.incomplete', {}, undefined],
  ['response.failed', { error: { code: 'server_error', message: 'No.' } }, 'error'],
] as const)('%s with %j ends for %s', (type, response, reason) => {
  const { pieces } = read(delta(0, 'Hm.'), [type, { response: { id: 'r', ...response } }])
  expect(pieces.at(-1)).toMatchObject({ kind: 'finish', reason, isLimit: reason === 'length' })
  expect(pieces.some(({ kind }) => kind === 'error')).toBe(type === 'response.failed')
})

test('refusals and reasoning are no text, and usage is told in tokens', () => {
  const { choices, pieces } = read(
    ['response.reasoning_summary_text.delta', { output_index: 0, summary_index: 0, delta: 'Hm' }],
    ['response.refusal.delta', { output_index: 1, content_index: 0, delta: 'No.' }],
    [
      'response.completed',
      {
        response: {
          usage: { output_tokens: 5, output_tokens_details: { reasoning_tokens: 3 } },
        },
      },
    ],
  )
  expect(choices).toMatchObject([{ text: '', reasoning: 'Hm', refusal: 'No.' }])
  expect(pieces.find(({ kind }) => kind === 'usage')).toMatchObject({ completion: 5, reasoning: 3 })
})

test('errors, flat, nested or bare, are errors; what is no event is read over', () => {
  const { pieces } = readResponses(
    [
      '{"type":"error","message":"flat"}',
      '{"type":"error","error":{"message":"nested"}}',
      '{"error":{"message":"bare"}}',
      'no json',
      '[1]',
      '',
      '{"object":"chat.completion.chunk","choices":[]}',
    ].map((data) => ({ name: undefined, data })),
  )
  expect(pieces.map(({ kind }) => kind)).toEqual([
    'error',
    'error',
    'error',
    'unreadable',
    'unreadable',
    'filler',
  ])
})

test('a call without deltas has the arguments of its closed item', () => {
  const { calls } = read(added(0, call('a', 'go')), closed(0, call('a', 'go', '{"x":1}')))
  expect(calls).toMatchObject([{ arguments: '{"x":1}', latest: { event: 1 } }])
})
