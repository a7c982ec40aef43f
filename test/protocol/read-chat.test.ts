import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/protocol/index.ts'
import { readChunks } from '../support/chat.ts'

const chunk = (choice: JsonObject, more: JsonObject = {}): JsonObject => ({
  choices: [{ index: 0, ...choice }],
  ...more,
})
const delta = (value: JsonObject): JsonObject => chunk({ delta: value })
const fragment = (value: JsonObject): JsonObject => delta({ tool_calls: [value] })
const call = (value: JsonObject, name?: string, args?: string): JsonObject => ({
  ...value,
  function: {
    ...(name === undefined ? {} : { name }),
    ...(args === undefined ? {} : { arguments: args }),
  },
})
const kinds = (chunks: JsonObject[]) => readChunks(chunks).contradictions.map(({ kind }) => kind)

describe('text', () => {
  test('is joined, with its role, its reason and its usage', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    const {
      choices,
      usage: counted,
      contradictions,
    } = readChunks([
      delta({ role: 'assistant', content: '' }),
      delta({ content: 'Good ', reasoning: 'hm', refusal: null }),
      delta({ content: 'day', reasoning_content: '!' }),
      chunk({ delta: {}, finish_reason: 'stop' }, { usage: null }),
      { choices: [], usage },
    ])
    expect(choices).toMatchObject([
      {
        index: 0,
        role: 'assistant',
        text: 'Good day',
        reasoning: 'hm!',
        refusal: '',
        calls: [],
        finishReason: 'stop',
      },
    ])
    expect(counted).toEqual(usage)
    expect(contradictions).toEqual([])
  })

  test('of several choices is kept apart', () => {
    const { choices, contradictions } = readChunks([
      {
        choices: [
          { index: 0, delta: { content: 'a' } },
          { index: 1, delta: { content: 'b' } },
        ],
      },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { choices: [{ index: 1, delta: { content: 'c' }, finish_reason: 'length' }] },
    ])
    expect(choices.map(({ text, finishReason }) => [text, finishReason])).toEqual([
      ['a', 'stop'],
      ['bc', 'length'],
    ])
    expect(contradictions).toEqual([])
  })

  test('is read from whatever holds some, and the rest passed over', () => {
    const { choices } = readChunks([
      {},
      { choices: 'no' },
      { choices: [null, 1, { delta: null }, { delta: { content: ['no'], tool_calls: {} } }] },
      delta({ content: 'yes', tool_calls: [null, 'no'] }),
    ])
    expect(choices[0]).toMatchObject({ text: 'yes', calls: [] })
  })
})

describe('tool calls', () => {
  test('are joined from interleaved fragments', () => {
    const { choices, contradictions } = readChunks([
      fragment(call({ index: 0, id: 'a' }, 'one', '')),
      fragment(call({ index: 1, id: 'b' }, 'two', '{')),
      fragment(call({ index: 0 }, undefined, '{}')),
      fragment(call({ index: 1, id: null }, '', '}')),
    ])
    expect(choices[0]!.calls).toMatchObject([
      { index: 0, id: 'a', name: 'one', arguments: '{}' },
      { index: 1, id: 'b', name: 'two', arguments: '{}' },
    ])
    expect(contradictions).toEqual([])
  })

  test('a new id with a name on a used index is a second call', () => {
    const { choices, contradictions } = readChunks([
      fragment(call({ index: 0, id: 'a' }, 'one', '{}')),
      fragment(call({ index: 0, id: 'b' }, 'two', '{')),
      fragment(call({ index: 0 }, undefined, '}')),
    ])
    expect(choices[0]!.calls).toMatchObject([
      { id: 'a', arguments: '{}' },
      { id: 'b', arguments: '{}' },
    ])
    expect(contradictions).toMatchObject([{ kind: 'tool-index-shared', call: { id: 'a' } }])
  })

  test('a new id without a name is a change of identity', () => {
    const chunks = [
      fragment(call({ index: 0, id: 'a' }, 'one', '{')),
      fragment(call({ index: 0, id: 'b' }, undefined, '}')),
    ]
    expect(kinds(chunks)).toEqual(['tool-id-changes'])
    expect(readChunks(chunks).choices[0]!.calls).toMatchObject([{ id: 'a', arguments: '{}' }])
  })

  test('without an index join the call of their id, or the last one', () => {
    const chunks = [
      fragment(call({ id: 'a' }, 'one', '{')),
      fragment(call({}, undefined, '}')),
      fragment(call({ id: 'b' }, 'two', '{}')),
    ]
    expect(readChunks(chunks).choices[0]!.calls).toMatchObject([
      { index: undefined, id: 'a', arguments: '{}' },
      { id: 'b', arguments: '{}' },
    ])
    expect(kinds(chunks)).toEqual([
      'tool-index-missing',
      'tool-index-missing',
      'tool-index-missing',
    ])
  })

  test.each([
    ['tool-id-repeated', call({ index: 0, id: 'a' }, undefined, '')],
    ['tool-name-repeated', call({ index: 0 }, 'one', '')],
  ])('%s', (kind, second) => {
    expect(kinds([fragment(call({ index: 0, id: 'a' }, 'one', '')), fragment(second)])).toEqual([
      kind,
    ])
  })
})

describe('the end', () => {
  test('may be told twice, but not in two ways', () => {
    const end = (reason: string) => chunk({ delta: {}, finish_reason: reason })
    expect(kinds([end('stop'), end('stop')])).toEqual([])
    expect(kinds([end('stop'), end('tool_calls')])).toEqual(['finish-reason-conflict'])
  })

  test('is followed by nothing that counts', () => {
    const end = chunk({ delta: { content: 'last' }, finish_reason: 'stop' })
    expect(kinds([end, delta({ content: '' }), delta({})])).toEqual([])
    expect(kinds([end, delta({ content: 'more' })])).toEqual(['after-finish'])
    expect(kinds([end, fragment(call({ index: 0, id: 'a' }, 'one', '{}'))])).toEqual([
      'after-finish',
    ])
  })
})
