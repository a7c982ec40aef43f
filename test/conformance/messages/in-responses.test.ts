import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import { requestFixture } from '../../../src/conformance/probes/request-fixture.ts'
import { type JsonObject, responses } from '../../../src/protocol/index.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { bytes } from '../../support/bytes.ts'
import { exchange } from '../../support/said.ts'

type Event = JsonObject & { readonly type: string }

const stream = (...events: Event[]) =>
  events.map((each) => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join('')

const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 1_767_225_600,
  status: 'in_progress',
  model: 'm',
  output: [],
}
const about = (type: string, response: JsonObject = {}): Event => ({
  type: `response.${type}`,
  response: { ...RESPONSE, ...response },
})
const CREATED = about('created')
const completed = (response: JsonObject = {}) =>
  about('completed', { status: 'completed', ...response })
const item = (how: 'added' | 'done', told: JsonObject, index = 0): Event => ({
  type: `response.output_item.${how}`,
  output_index: index,
  item: told,
})
const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress' }
const delta = (text: string): Event => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: text,
})
const SAID = [CREATED, item('added', MESSAGE), delta('It is on its way.'), item('done', MESSAGE)]
const call = (more: JsonObject = {}, index = 0) => {
  const told = {
    id: `fc_${index}`,
    type: 'function_call',
    call_id: `call_${index}`,
    name: 'end_call',
    arguments: '{}',
    status: 'completed',
    ...more,
  }
  return [item('added', { ...told, arguments: '' }, index), item('done', told, index)]
}

/** What a check says of an answer: its severity and its message, or why it says nothing. */
function said(id: string, saved: string | Exchange): string[] {
  const file =
    typeof saved === 'string' ? { file: 'x', body: bytes(saved) } : { file: 'x', exchange: saved }
  const [judged] = lint([file], { dialect: responses, only: [id] }).files
  const { findings, reason } = judged!.checks[0]!
  const told = findings.map(({ severity, message }) => `${severity}: ${message}`)
  return told.length > 0 || reason === null ? told : [reason]
}

const answered = (body: string, more: Partial<Exchange> = {}, headers: [string, string][] = []) =>
  exchange({
    response: {
      status: 200,
      statusText: '',
      headers: [['content-type', 'text/event-stream'], ...headers],
      atMs: 1,
    },
    arrivals: [{ atMs: 5, bytes: bytes(body) }],
    ...more,
  })

test('a plain reply has no error', () => {
  const [file] = lint([{ file: 'x', body: bytes(stream(...SAID, completed())) }], {
    dialect: responses,
  }).files
  expect(file!.checks.flatMap(({ findings }) => findings)).not.toContainEqual(
    expect.objectContaining({ severity: 'error' }),
  )
})

test.each<[id: string, what: string, events: Event[], findings: string[]]>([
  ['chunk/usage-shape', 'some that are not told', [completed({ usage: { input_tokens: 1 } })], []],
  [
    'chunk/usage-shape',
    'a total that is too small',
    [completed({ usage: { input_tokens: 9, output_tokens: 1, total_tokens: 2 } })],
    ['warning: `usage` has a total below its input.'],
  ],
  [
    'chunk/created-integer',
    'no number',
    [{ ...CREATED, response: { ...RESPONSE, created_at: '1767225600' } }],
    ['warning: `created_at` is not a number.'],
  ],
  ['chunk/created-integer', 'no time', [about('created', { created_at: null })], []],
  [
    'chunk/created-integer',
    'fractions of a second, as models of Python write them',
    [{ ...CREATED, response: { ...RESPONSE, created_at: 1_767_225_600.25 } }],
    [],
  ],
  [
    'chunk/role-value',
    'an empty role',
    [item('added', { ...MESSAGE, role: '' })],
    ['warning: The role of a message is "".'],
  ],
  [
    'stream/empty-reply',
    'reasoning alone',
    [
      item('added', { id: 'rs_1', type: 'reasoning', summary: [] }),
      { type: 'response.reasoning_text.delta', output_index: 0, content_index: 0, delta: 'Hm.' },
      completed(),
    ],
    ['error: The response holds reasoning but no text that could be spoken and no tool call.'],
  ],
  [
    'stream/empty-reply',
    'what the client has to carry out',
    [item('done', { id: 'c_1', type: 'computer_call', status: 'completed' }), completed()],
    [],
  ],
  ['stream/empty-reply', 'a limit', [about('incomplete', { status: 'incomplete' })], []],
  [
    'voice/reasoning-only',
    'reasoning in words that nobody can read',
    [
      item('done', { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'x' }),
      completed(),
    ],
    ['error: The reply is reasoning alone: it has no text and calls no tool.'],
  ],
  [
    'voice/reasoning-only',
    'a failure after reasoning',
    [
      item('done', { id: 'rs_1', type: 'reasoning', summary: [] }),
      about('failed', { status: 'failed', error: { code: 'server_error', message: 'No.' } }),
    ],
    [],
  ],
  [
    'stream/text-without-delta',
    'a text that only the end has',
    [
      CREATED,
      completed({
        output: [
          'no item',
          { id: 'rs_1', type: 'reasoning', summary: [] },
          { ...MESSAGE, content: ['no part', { type: 'output_text', text: 'It is on its way.' }] },
        ],
      }),
    ],
    ['error: A text came without a response.output_text.delta.'],
  ],
  [
    'errors/error-in-200',
    'an error after the end',
    [...SAID, completed(), { type: 'error', error: { message: 'Too late.' } }],
    ['warning: The stream has an upstream error although the reply was over.'],
  ],
  [
    'errors/error-in-200',
    'an error that is not the end',
    [CREATED, { type: 'error', error: { message: 'No.' } }, ...SAID, completed()],
    ['error: The stream has an upstream error and no reply, and did not end there.'],
  ],
  [
    'tools/index-shared',
    'items that interleave',
    [
      item('added', { id: 'rs_1', type: 'reasoning', summary: [] }, 0),
      item('added', MESSAGE, 1),
      item('done', MESSAGE, 1),
      item('done', { id: 'rs_1', type: 'reasoning', summary: [] }, 0),
      completed(),
    ],
    [],
  ],
  [
    'tools/index-shared',
    'items that tell no index',
    [1, 2].map(() => ({ type: 'response.output_item.added', item: MESSAGE })),
    [],
  ],
  [
    'tools/arguments-string',
    'a list',
    [...call({ arguments: [] }), completed()],
    ['error: The arguments of a call are an array.'],
  ],
  [
    'tools/arguments-json',
    'a call that was cut',
    [
      ...call({ arguments: '{"reason":"go', status: 'incomplete' }),
      about('incomplete', {
        status: 'incomplete',
        incomplete_details: { reason: 'content_filter' },
      }),
    ],
    ['an item of the reply is incomplete'],
  ],
  [
    'tools/id-changes',
    'another id when the call is closed',
    [call()[0]!, call({ call_id: 'call_9' })[1]!, completed()],
    ['error: The call_id of a call changed from "call_0".'],
  ],
  [
    'chunk/cumulative-content',
    'two messages, each of which begins anew',
    [
      ...['Hi', 'Hi there', 'Hi there, you', 'Hi there, you all'].map(delta),
      { ...delta('No.'), output_index: 1, item_id: 'msg_2' },
      completed(),
    ],
    ['error: Each of 4 deltas repeats all the text before it.'],
  ],
])('%s: %s', (id, _, events, findings) => {
  expect(said(id, stream(...events))).toEqual(findings)
})

test('usage too large for a number', () => {
  const body = stream(completed({ usage: { input_tokens: 7 } })).replace(':7', ':1e999')
  expect(said('chunk/usage-shape', body)).toEqual([
    'warning: `usage` has a `input_tokens` too large for a number.',
  ])
})

describe('stream/cut-off', () => {
  const id = 'stream/cut-off'

  test('a response whose items are closed was not cut, though it has no end', () => {
    expect(said(id, stream(...SAID))).toEqual([])
  })

  test('an item that is left open', () => {
    expect(said(id, stream(...SAID.slice(0, -1)))).toEqual([
      'error: The stream ended in the middle of a response.',
    ])
  })

  test('a terminator that is misspelled says how it ends', () => {
    expect(said(id, `${stream(...SAID.slice(0, -1))}data: [done]\n\n`)).toEqual([])
    expect(said('sse/done', `${stream(...SAID)}data: [done]\n\n`)).toEqual([
      'warning: The terminator is misspelled, so clients try to parse it as JSON.',
    ])
  })

  test('a Content-Length that is too short', () => {
    const body = stream(...SAID, completed()).slice(0, -200)
    expect(said(id, answered(body, {}, [['content-length', `${body.length}`]]))).toEqual([
      `error: The stream ended in the middle of an event, after the ${body.length} bytes that Content-Length announces.`,
    ])
  })
})

test('a stream without an event', () => {
  expect(said('stream/no-chunks', '\n')).toEqual(['error: The stream has no events.'])
  const none = answered('', { arrivals: [] }, [['content-length', '0']])
  expect(said('stream/no-chunks', none)).toEqual([
    'error: The stream has no events: its Content-Length is 0.',
  ])
})

test('what is held open after the end', () => {
  const open = { end: { how: 'held-open', atMs: 1_600 } } as const
  const body = stream(...SAID, completed())
  expect(said('transport/closes-after-done', answered(body, open))).toEqual([
    'warning: The response was still open 1595 ms after the event that ends the response.',
  ])
  expect(said('transport/closes-after-done', answered(`${body}data: [DONE]\n\n`, open))).toEqual([
    'warning: The response was still open 1595 ms after [DONE].',
  ])
})

test('a call under the name of another kind of item', () => {
  const request = JSON.stringify(responses.makeRequest(requestFixture('farewell')))
  const body = stream(CREATED, ...call({ type: 'tool_call' }), completed())
  const asked = { request: { ...exchange({}).request, body: request } }
  expect(said('tools/type', answered(body, asked))).toEqual([
    'error: An item that calls "end_call" has the type "tool_call".',
  ])
  expect(said('stream/empty-reply', answered(body, asked))).toEqual([])
})

describe('behaviour/stream-parity', () => {
  const request = responses.makeRequest(requestFixture('farewell'))
  const asking = (streams: boolean, probe: string, body: string): Exchange =>
    answered(body, {
      id: `${probe}-1`,
      probe,
      request: { ...exchange({}).request, body: JSON.stringify({ ...request, stream: streams }) },
    })
  const farewell = asking(true, 'farewell', stream(CREATED, ...call(), completed()))
  const parity = (output: unknown) => {
    const whole = asking(false, 'non-stream', JSON.stringify({ ...RESPONSE, output }))
    const files = [farewell, whole].map((each) => ({ file: `run/${each.probe}`, exchange: each }))
    const report = lint(files, { dialect: responses, only: ['behaviour/stream-parity'] })
    return report.files.flatMap(({ checks }) => checks[0]!.findings.map(({ message }) => message))
  }

  test.each([
    [[call()[1]!['item']], []],
    [
      [{ ...MESSAGE, content: [{ type: 'output_text', text: 'Bye.' }] }],
      ['The reply without a stream is words; with a stream, it was a call of end_call.'],
    ],
    [
      [{ ...MESSAGE, content: [] }],
      ['The reply without a stream is empty; with a stream, it was a call of end_call.'],
    ],
    ['no list', []],
  ])('%j', (output, messages) => {
    expect(parity(output)).toEqual(messages)
  })
})
