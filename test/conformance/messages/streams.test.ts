import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import { bytes } from '../../support/bytes.ts'
import {
  chunk,
  ENVELOPE,
  answerOf,
  exchange,
  fixOf,
  HI,
  ROLE,
  said,
  STOP,
  stream,
} from '../../support/said.ts'

const says = (content: string) => chunk({ delta: { content } })
const NINE = says('We open at nine')
const USAGE = JSON.stringify({
  ...ENVELOPE,
  choices: [],
  usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5 },
})

/** What fails of a body, by check. */
function failuresOf(body: string): string[] {
  const [file] = lint([{ file: 'x', body: bytes(body) }]).files
  return file!.checks.flatMap(({ id, status }) => (status === 'fail' ? id : []))
}

describe('a path that is not found', () => {
  const notFound = (url: string) =>
    exchange({
      request: { ...exchange({}).request, url },
      response: {
        status: 404,
        statusText: 'Not Found',
        headers: [['content-type', 'application/json']],
        atMs: 1,
      },
      arrivals: [{ atMs: 5, bytes: bytes('{"error":"nf"}') }],
    })
  test.each(['/v1/chat/completions', 'http://h/v1/chat?a=b', 'http://[::1/v1/chat'])(
    'is told from where it was looked for: %j',
    (url) => {
      expect(said('transport/status-ok', notFound(url))).toEqual([
        'error: The turn was answered with status 404.',
      ])
      expect(fixOf('transport/status-ok', notFound(url))).toMatch(/^Look in your server log/)
    },
  )
  test.each(['', 'http://[::1', 'http://v1/chat/', 'http://h/?path=/v1/chat'])(
    'is told although its URL names no version: %j',
    (url) => {
      expect(fixOf('transport/status-ok', notFound(url))).toMatch(/^Most servers answer at/)
    },
  )
})

describe('a stream that ends without a reason', () => {
  test('is not called a cut one where it has no choice at all', () => {
    const body = stream('{"event":"greeting","words":"Hi"}')
    expect(said('stream/cut-off', body)).toEqual([])
    expect(said('stream/empty-reply', body)).toEqual([
      'error: No chunk has a choice: the reply is empty.',
    ])
  })

  test.each([
    chunk({ delta: { finish_reason: 'stop' } }),
    chunk({ finishReason: 'stop' }),
    chunk({ finish_reason: { type: 'stop' } }),
    USAGE,
  ])('is not called a cut one where it tells its end in another way: %s', (last) => {
    expect(said('stream/cut-off', stream(ROLE, NINE, last))).toEqual([])
  })

  test.each([
    '我们九点开门',
    'เปิดเก้าโมง',
    'See you then 👋🏽',
    'It is 42',
    'She says "yes"',
    '{"a":1}',
  ])('is not called a cut one after %j', (text) => {
    expect(said('stream/cut-off', stream(ROLE, says(text)))).toEqual([])
    expect(failuresOf(stream(ROLE, says(text)))).toContain('stream/finish-reason-missing')
  })

  test.each(['We open at nine', 'She says "', 'It is 42,', 'See you 👋 then', '九点 open'])(
    'is called one after %j',
    (text) => {
      const empty = chunk({ finishReason: '', delta: { finish_reason: '' } })
      const counted = chunk({}, { usage: { completion_tokens: 4 } })
      const body = stream(ROLE, says(text), empty, counted)
      expect(said('stream/cut-off', body)).toEqual([
        'error: The stream ended in the middle of a reply, with neither a finish_reason nor [DONE].',
      ])
    },
  )

  test('is told the name it gave the reason', () => {
    const body = stream(ROLE, NINE, chunk({ finishReason: 'stop' }))
    expect(failuresOf(body)).toContain('stream/finish-reason-missing')
  })
})

test('a last event without its blank line explains nothing of the other events', () => {
  const python = HI.replaceAll('"', "'")
  const failures = failuresOf(`${stream(ROLE, python, STOP)}data: [DONE]\n`)
  expect(failures).toContain('sse/data-is-json')
  expect(failures).toContain('sse/event-terminated')
  expect(failures).not.toContain('sse/done')
})

const ORDINARY = [
  ['stop', 'length', 'tool_calls', 'function_call', 'content_filter', 'eos', 'eos_token'],
  ['end_turn', 'stop_sequence', 'STOP', 'MAX_TOKENS', 'SAFETY', 'RECITATION', 'OTHER'],
  ['model_context_window_exceeded', 'pause_turn', 'refusal', 'completed'],
].flat()

describe('a finish_reason', () => {
  test.each([
    ['malformed_tool_use', '"malformed_tool_use"'],
    ['UNEXPECTED_TOOL_CALL', '"UNEXPECTED_TOOL_CALL"'],
    ['time_limit', '"time_limit"'],
    ['rate_limit_exceeded', '"rate_limit_exceeded"'],
    [{ type: 'abort' }, '{"type":"abort"}'],
  ])('that names a failure is one: %j', (reason, shown) => {
    expect(said('errors/error-in-200', stream(ROLE, HI, chunk({ finish_reason: reason })))).toEqual(
      [`error: The reply ends with finish_reason ${shown}: it was cut off by a failure.`],
    )
  })

  test.each([...ORDINARY, { type: 'stop' }])('that names none is none: %j', (reason) => {
    const body = stream(ROLE, HI, chunk({ finish_reason: reason }), '[DONE]')
    expect(said('errors/error-in-200', body)).toEqual([])
    expect(said('stream/finish-reason-missing', body)).toEqual([])
  })
})

describe('an answer without a stream that is no JSON', () => {
  const whole = (text: string, length?: number) =>
    exchange({
      probe: 'non-stream',
      request: { ...exchange({}).request, body: '{"messages":[{"role":"user","content":"Hi"}]}' },
      ...answerOf(text, 'application/json', length),
    })
  test.each([
    ['{"a":"b', undefined, 'info: The answer is JSON that is cut short.'],
    [
      '{"a":"b',
      7,
      'info: The answer is JSON that is cut short, after the 7 bytes that Content-Length announces.',
    ],
    ['{"a":NaN}', 9, 'info: The answer looks like JSON, but is not valid.'],
    ['{"a":1}{"a":1}', undefined, 'info: The answer looks like JSON, but is not valid.'],
    ["{'a':1}", undefined, 'info: The answer looks like JSON, but is not valid.'],
  ])('is told as what it is: %s', (text, length, message) => {
    expect(said('transport/stream-unasked', whole(text, length))).toEqual([message])
  })
})

test('a call that is in `function_call` as well is not lost', () => {
  const call = { name: 'end_call', arguments: '{}' }
  const both = (name: string) =>
    stream(
      ROLE,
      chunk({
        delta: {
          tool_calls: [{ index: 0, id: 'a', type: 'function', function: call }],
          function_call: { ...call, name },
        },
      }),
      chunk({ finish_reason: 'tool_calls' }),
    )
  expect(said('tools/legacy-function-call', both('end_call'))).toEqual([])
  expect(said('tools/legacy-function-call', both('other'))).toHaveLength(1)
})

test.each(['retry: 3000', 'id: 1'])('a block of "%s" alone makes one client raise', (line) => {
  expect(said('sse/empty-data', `${line}\n\n${stream(ROLE, HI, STOP, '[DONE]')}`)).toEqual([
    'warning: An event has an id or a retry alone, and no data: openai-python raises, openai-node passes over it.',
  ])
  expect(said('sse/empty-data', `${line}\n${stream(ROLE, HI, STOP, '[DONE]')}`)).toEqual([])
})

test.each(['1e400', '1765458374400'])('a created of %s does not jump', (created) => {
  const odd = HI.replace('"created":1,', `"created":${created},`)
  expect(said('chunk/id-stable', stream(ROLE, odd, STOP))).toEqual([])
  expect(said('chunk/created-integer', stream(ROLE, odd, STOP))).toHaveLength(1)
})

test('lines of curl are told as such, and are no JSON', () => {
  const body = `* Connected to localhost (::1) port 80\n< HTTP/1.1 200 OK\n{ [4382 bytes data]\n${stream(ROLE, HI, STOP, '[DONE]')}`
  expect(said('sse/bare-json-lines', body)).toEqual([])
  expect(said('sse/unknown-field', body)).toEqual([
    'warning: Lines of curl itself stand between those of the answer.',
  ])
})

test('no status is told of a bare body', () => {
  expect(said('errors/error-in-200', '{"error":{"message":"no"}}')).toEqual([
    'error: The answer is an upstream error.',
  ])
})

describe('what curl -i saved of a refusal', () => {
  const head = 'HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n\r\n'
  test.each([
    `${head}{"error":{"message":"no such tool"}}`,
    `HTTP/1.1 100 Continue\r\n\r\n${head}{"error":{"message":"no such tool"}}`,
    `HTTP/2 400\ncontent-type: application/json\n\n{"error":{"message":"no such tool"}}`,
  ])('is told by its status: %j', (body) => {
    const [file] = lint([{ file: 'x', body: bytes(body) }]).files
    const failed = file!.checks.filter(({ status }) => status === 'fail')
    expect(
      failed.map(({ id, findings }) => [id, findings[0]!.message, findings[0]!.actual]),
    ).toEqual([
      ['transport/status-ok', 'The turn was answered with status 400.', 'status 400: no such tool'],
    ])
  })

  test('is told as the page that it is', () => {
    const page = `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html><head><title>502</title></head></html>`
    expect(said('transport/html-answer', page)).toEqual([
      'error: The response is an HTML page, titled "502", with status 502.',
    ])
  })

  test('is a body where the head is one of a reply, or does not end', () => {
    const reply = `HTTP/1.1 200 OK\r\na: b\r\n\r\n${stream(ROLE, HI, STOP, '[DONE]')}`
    expect(said('sse/unknown-field', reply)).toHaveLength(1)
    expect(said('transport/status-ok', 'HTTP/1.1 400 Bad Request\r\na: b')).toEqual([])
  })
})
