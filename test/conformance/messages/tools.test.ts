import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/protocol/index.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { bytes } from '../../support/bytes.ts'
import { chunk, exchange, HI, reasonOf, ROLE, said, STOP, stream } from '../../support/said.ts'

const PARAMETERS = {
  type: 'object',
  properties: { order: { type: 'string' } },
  required: ['order'],
}
const LOOKUP = { type: 'function', function: { name: 'lookup', parameters: PARAMETERS } }

/** A reply to a request with these members. */
function asked(body: string, request: JsonObject): Exchange {
  return exchange({
    request: { ...exchange({}).request, body: JSON.stringify({ stream: true, ...request }) },
    arrivals: [{ atMs: 5, bytes: bytes(body) }],
  })
}

const calls = (...made: readonly string[]) =>
  stream(
    ...made.map((args, index) =>
      chunk({
        delta: {
          tool_calls: [
            {
              index,
              id: `call_${index}`,
              type: 'function',
              function: { name: 'lookup', arguments: args },
            },
          ],
        },
      }),
    ),
    chunk({ finish_reason: 'tool_calls' }),
    '[DONE]',
  )

describe('tools/legacy-function-call', () => {
  const id = 'tools/legacy-function-call'
  const legacy = stream(
    chunk({ delta: { function_call: { name: 'lookup', arguments: '' } } }),
    chunk({ delta: { function_call: { arguments: '{}' } } }),
    chunk({ finish_reason: 'function_call' }),
    '[DONE]',
  )
  const told = 'A call is in `function_call`, which is for requests with `functions`.'

  test('an error where tools were offered, a warning where that is not known', () => {
    expect(said(id, asked(legacy, { tools: [LOOKUP] }))).toEqual([`error: ${told}`])
    expect(said(id, legacy)).toEqual([`warning: ${told}`])
  })

  test('what was asked for, and what is empty, are none', () => {
    const request = { functions: [{ name: 'lookup' }] }
    expect(reasonOf(id, asked(legacy, request))).toBe('the request offers `functions`')
    for (const empty of [null, {}, { name: '', arguments: '' }]) {
      expect(said(id, stream(chunk({ delta: { function_call: empty } }), HI, STOP))).toEqual([])
    }
  })
})

describe('tools/call-repeated', () => {
  const id = 'tools/call-repeated'

  test('the same arguments, their members in another order', () => {
    expect(said(id, calls('{"a":1,"b":2}', '{"b": 2, "a": 1}'))).toEqual([
      'info: The reply calls lookup twice with the same arguments.',
    ])
  })

  test('other arguments are another call, and broken ones are none', () => {
    expect(said(id, calls('{"a":1}', '{"a":2}', '{"a"', '{"a"'))).toEqual([])
    const nameless = { tool_calls: [0, 1].map((index) => ({ index, function: {} })) }
    expect(said(id, stream(chunk({ delta: nameless }), STOP))).toEqual([])
  })

  test('a call whose result has just been told; one of an earlier turn may be made anew', () => {
    const history = [
      { role: 'user', content: 'Where is it?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_7', type: 'function', function: { name: 'lookup', arguments: '{"a": 1}' } },
          { id: 'call_8', type: 'function', function: { name: 'lookup', arguments: '{"a": 2}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_7', content: 'On its way.' },
    ]
    const told = (made: string, ...more: readonly JsonObject[]) =>
      said(id, asked(calls(made), { messages: [...history, ...more] }))
    expect(told('{"a":1}')).toEqual([
      'info: The reply calls lookup with arguments whose result it has just been told.',
    ])
    expect(told('{"a":2}')).toEqual([])
    expect(told('{"a":1}', { role: 'user', content: 'And now?' })).toEqual([])
  })
})

describe('tools/finish-reason', () => {
  const id = 'tools/finish-reason'
  const end = chunk({ finish_reason: 'tool_calls' })

  test('a reason without a call', () => {
    expect(said(id, stream(ROLE, HI, end, '[DONE]'))).toEqual([
      'warning: The reply calls no tool but ends with "tool_calls".',
    ])
    const named = { tools: [LOOKUP], tool_choice: { type: 'function' } }
    expect(said(id, asked(stream(ROLE, HI, end, '[DONE]'), named))).toHaveLength(1)
  })

  test('each choice for itself', () => {
    const other = chunk({ index: 1, delta: { content: 'Hi.' }, finish_reason: 'tool_calls' })
    const both = calls('{}').replace('data: [DONE]', `data: ${other}\n\ndata: [DONE]`)
    expect(said(id, both)).toHaveLength(1)
    expect(said(id, calls('{}'))).toEqual([])
  })

  test('a call that was cut at the token limit', () => {
    const usage = '"usage":{"prompt_tokens":9,"completion_tokens":16,"total_tokens":25}'
    const limited = (args: string) =>
      said(
        id,
        asked(calls(args).replace(/}(?=\n\ndata: \[DONE)/, `,${usage}}`), { max_tokens: 16 }),
      )
    expect(limited('{"order":"7')).toEqual([
      'info: The arguments of lookup are cut at the token limit, but the reply ends with "tool_calls".',
    ])
    expect(limited('{"order":"7"}')).toEqual([])
    expect(said(id, calls('{"order":"7'))).toEqual([])
  })
})

describe('tools/arguments-schema', () => {
  const id = 'tools/arguments-schema'
  const judged = (args: string, parameters: JsonObject = PARAMETERS) =>
    said(
      id,
      asked(calls(args), { tools: [{ ...LOOKUP, function: { name: 'lookup', parameters } }] }),
    )

  test('alternatives that only a format tells apart', () => {
    const order = (...formats: string[]) => ({
      type: 'object',
      properties: { order: { oneOf: formats.map((format) => ({ type: 'string', format })) } },
    })
    expect(judged('{"order":"10.0.0.1"}', order('ipv4', 'ipv6'))).toEqual([])
    expect(judged('{"order":5}', order('ipv4', 'ipv6'))).toEqual([
      'warning: The arguments of lookup do not match its schema: /order must be string.',
    ])
  })

  test('properties that the schema does not describe', () => {
    expect(judged('{"order":"A1","why":"x"}')).toEqual([
      'info: The arguments of lookup have a property that its schema does not describe: why.',
    ])
    expect(judged('{"order":"A1","a":1,"b":2}')).toEqual([
      'info: The arguments of lookup have properties that its schema does not describe: a, b.',
    ])
  })

  test.each([
    { ...PARAMETERS, additionalProperties: true },
    { ...PARAMETERS, patternProperties: { '^w': {} } },
    { ...PARAMETERS, allOf: [{ properties: { why: {} } }] },
    { ...PARAMETERS, propertyNames: { minLength: 1 } },
    { ...PARAMETERS, dependencies: { order: ['why'] } },
    { ...PARAMETERS, required: ['why'] },
    { type: 'object' },
    { type: 'object', properties: {} },
  ])('a schema that leaves them open: %j', (parameters) => {
    expect(judged('{"order":"A1","why":"x"}', parameters)).toEqual([])
  })

  test('a graver fault is told alone', () => {
    expect(judged('{"why":"x"}')).toEqual([expect.stringMatching(/^warning: .*required/)])
  })
})

describe('tools/arguments-empty', () => {
  test('is an error for a tool that requires some', () => {
    expect(said('tools/arguments-empty', asked(calls(''), { tools: [LOOKUP] }))).toEqual([
      'error: The arguments of lookup are empty.',
    ])
  })

  test('a usage beyond any number does not hide it', () => {
    const body = calls('').replace('"choices"', '"usage":{"completion_tokens":1e400},"choices"')
    const request = { tools: [LOOKUP], max_tokens: 5000 }
    expect(said('tools/arguments-empty', asked(body, request))).toHaveLength(1)
  })
})
