import { describe, expect, test } from 'vitest'
import { ExchangeReading } from '../../src/protocol/index.ts'
import { firstBreach, lint } from '../../src/conformance/index.ts'
import type { End, Exchange, Header } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import {
  CALL,
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
} from '../support/said.ts'

test('what follows [DONE] is no keep-alive, and a created of seconds may move', () => {
  const late = `${stream(ROLE, HI, STOP, '[DONE]')}event: end\n\n`
  expect(said('sse/empty-data', late)).toEqual([])
  const later = chunk({ finish_reason: 'stop' }, { created: 27 })
  expect(said('chunk/id-stable', stream(ROLE, HI, later, '[DONE]'))).toEqual([])
})

describe('what no mutant says', () => {
  test.each([
    [
      'sse/data-is-json',
      stream(ROLE, '[1]', HI, STOP, '[DONE]'),
      'error: The data of an event is JSON, but not an object.',
    ],
    [
      'sse/unknown-field',
      `${stream(ROLE)}hello there\n\n`,
      'warning: A line does not start with a known SSE field.',
    ],
    [
      'sse/data-is-json',
      stream(`data: ${ROLE}`, `data: ${HI}`, `data: ${STOP}`, 'data: [DONE]'),
      'error: The data of an event begins with "data:" once more, so it is not JSON.',
    ],
    [
      'stream/finish-reason-missing',
      stream(ROLE, chunk({ finishReason: 'stop' }), chunk({}), '[DONE]'),
      'error: Choice 0 never gets a finish_reason, but a finishReason.',
    ],
    [
      'stream/finish-reason-missing',
      stream(ROLE, chunk({ delta: { finish_reason: 'stop' } }), '[DONE]'),
      'error: Choice 0 never gets a finish_reason, but its delta has one.',
    ],
    [
      'tools/name-repeated',
      stream(
        ...['f', 'null', 'null'].map((name) =>
          chunk({ delta: { tool_calls: [{ index: 0, function: { name } }] } }),
        ),
      ),
      'error: A later fragment gives the call of f the name "null".',
    ],
    [
      'tools/name-repeated',
      stream(
        ...['f', 'f'].map((name) =>
          chunk({ delta: { tool_calls: [{ index: 0, function: { name } }] } }),
        ),
      ),
      'error: A later fragment repeats the name of its call.',
    ],
    [
      'sse/unknown-field',
      `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${stream(ROLE, HI, STOP)}`,
      'warning: The head of an HTTP response stands before the events, as part of the body.',
    ],
    [
      'sse/unknown-field',
      `< HTTP/2 200 \n< content-type: text/event-stream\n< \n${stream(ROLE, HI, STOP)}`,
      'warning: Lines of curl itself stand between those of the answer.',
    ],
    ['sse/bare-json-lines', `{"id": 1}`, 'error: A line of JSON is not in a "data:" field.'],
    [
      'sse/event-terminated',
      `data: ${ROLE}\ndata: ${HI}\n\n`,
      'error: 2 payloads were merged into one event: no blank line separates them.',
    ],
    [
      'sse/id-retry-fields',
      `retry: 10\n\n${stream(ROLE)}`,
      'info: The stream has the field "retry:".',
    ],
    [
      'sse/event-after-done',
      `${stream('[DONE]')}data: {}\n\n`,
      'warning: An event came after [DONE].',
    ],
    [
      'sse/bom',
      stream(ROLE) + '\uFEFF' + stream(HI, STOP, '[DONE]'),
      'error: A byte order mark in the middle of the stream hides a field, so its event is lost.',
    ],
    [
      'chunk/choices-present',
      stream(JSON.stringify({ ...ENVELOPE, choices: [null] })),
      'warning: An element of `choices` is not an object.',
    ],
    [
      'chunk/envelope-fields',
      stream(chunk({ delta: {} }, { id: 7 }), '[DONE]'),
      'warning: The `id` of a chunk is not a string.',
    ],
    [
      'tools/index-missing',
      stream(chunk({ delta: { tool_calls: CALL } }), '[DONE]'),
      'error: `tool_calls` is not an array of objects, so clients find no call in it.',
    ],
    [
      'stream/empty-reply',
      stream(JSON.stringify({ ...ENVELOPE, choices: [] }), '[DONE]'),
      'error: No chunk has a choice: the reply is empty.',
    ],
    [
      'chunk/choice-index',
      stream(chunk({ index: '0' }), '[DONE]'),
      'error: A choice has no integer `index`.',
    ],
    [
      'chunk/choices-present',
      stream(ROLE, '{"type":"ping"}', HI, STOP, '[DONE]'),
      'warning: A chunk has no `choices` array.',
    ],
    [
      'chunk/choices-present',
      stream(ROLE, HI, STOP, JSON.stringify({ ...ENVELOPE, choices: null, usage: {} }), '[DONE]'),
      'warning: A chunk has no `choices` array.',
    ],
    [
      'chunk/choices-present',
      stream(ROLE, JSON.stringify({ ...ENVELOPE, choices: [], usage: null }), HI, STOP),
      'info: A chunk has neither choices nor anything else: code that reads choices[0] fails.',
    ],
    [
      'sse/empty-data',
      `event: ping\n\n${stream(ROLE, HI, STOP, '[DONE]')}`,
      'error: An event is named "ping" and has no data.',
    ],
    [
      'chunk/id-stable',
      stream(ROLE, HI, chunk({ finish_reason: 'stop' }, { model: 'other' })),
      'info: The stream has 2 different models.',
    ],
    [
      'chunk/id-stable',
      stream(ROLE, HI, chunk({ finish_reason: 'stop' }, { created: 90_001 })),
      'info: `created` jumps by 90000 seconds within the reply.',
    ],
    [
      'chunk/usage-shape',
      stream(chunk({}, { usage: { prompt_tokens: -9, completion_tokens: 1, total_tokens: 1 } })),
      'warning: `usage` has a `prompt_tokens` below zero.',
    ],
    [
      'chunk/usage-shape',
      stream(
        chunk(
          {},
          { usage: { prompt_tokens: 9, completion_tokens: 'most', total_tokens: 9 } },
        ).replace('"most"', '1e400'),
      ),
      'warning: `usage` has a `completion_tokens` too large for a number.',
    ],
    ['chunk/usage-shape', stream(chunk({}, { usage: 7 })), 'warning: `usage` is not an object.'],
    [
      'chunk/usage-shape',
      stream(chunk({}, { usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 1 } })),
      'warning: `usage` has a total below its prompt.',
    ],
    [
      'stream/no-chunks',
      stream('{"error": {"message": "no"}}', '[DONE]'),
      'error: The stream has an error but no chunks.',
    ],
    [
      'stream/empty-reply',
      stream(chunk({ delta: { role: 'assistant', reasoning: 'hm' } }), STOP, '[DONE]'),
      'error: The reply contains reasoning but no speakable text and no tool call.',
    ],
    [
      'stream/finish-reason-value',
      stream(ROLE, chunk({ finish_reason: 7 }), '[DONE]'),
      'warning: A finish_reason is 7.',
    ],
    [
      'tools/arguments-string',
      stream(
        chunk({
          delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'f', arguments: [1] } }] },
        }),
      ),
      'error: The arguments of a tool call are an array.',
    ],
    [
      'tools/arguments-string',
      stream(
        chunk({
          delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'f', arguments: null } }] },
        }),
      ),
      'warning: A tool call starts with `null` for its arguments.',
    ],
    [
      'tools/arguments-object',
      stream(
        chunk({
          delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'f', arguments: '7' } }] },
        }),
      ),
      'warning: The arguments of f are a number, not an object.',
    ],
    [
      'tools/arguments-object',
      stream(
        chunk({ delta: { tool_calls: [{ index: 0, ...CALL, function: { arguments: '[]' } }] } }),
      ),
      'warning: The arguments of a call are an array, not an object.',
    ],
    [
      'tools/index-gap',
      stream(
        chunk({
          delta: {
            tool_calls: [
              { index: 0, ...CALL },
              { index: 2, ...CALL },
            ],
          },
        }),
      ),
      'warning: The indexes of 2 tool calls are 0, 2.',
    ],
    [
      'tools/finish-reason',
      stream(
        chunk({
          delta: {
            tool_calls: [
              { index: 0, ...CALL },
              { index: 1, ...CALL },
            ],
          },
        }),
        STOP,
      ),
      'warning: The reply calls 2 tools but ends with "stop".',
    ],
    [
      'transport/html-answer',
      '<html><body>Hello</body></html>',
      'error: The response is an HTML page.',
    ],
  ])('%s', (id, body, message) => {
    expect(said(id, body)).toEqual([message])
  })
})

const failed = (reason: Extract<End, { how: 'failed' }>['reason']): End => ({
  how: 'failed',
  atMs: 6,
  reason,
  code: 'CODE',
  message: 'message',
})

describe('a stream that stops', () => {
  const OPEN = chunk({ delta: { role: 'assistant', content: 'It is on its way, and' } })
  const WHOLE = chunk({ delta: { content: 'It is on its way.”' } })
  const call = (args: string) =>
    chunk({
      delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'f', arguments: args } }] },
    })
  const NEITHER =
    'error: The stream ended in the middle of a reply, with neither a finish_reason nor [DONE].'
  const TORN = 'error: The stream ended in the middle of an event.'

  test.each([
    ['within a sentence', stream(OPEN), [NEITHER]],
    ['before it says anything', stream(ROLE), [NEITHER]],
    ['within a call', stream(call('{"a":')), [NEITHER]],
    ['within a chunk', `${stream(OPEN)}data: ${HI.slice(0, 40)}`, [TORN]],
    ['within a chunk after the last one of the reply', `${stream(OPEN, STOP)}data: {"us`, [TORN]],
    ['within "data:"', `${stream(OPEN)}dat`, [TORN]],
    ['after a reply that may be whole', stream(WHOLE), []],
    ['after a call that may be whole', stream(call('{}')), []],
    ['after a terminator in other words', stream(OPEN, 'DONE'), []],
  ])('%s', (_, body, cutOff) => {
    expect(said('stream/cut-off', body)).toEqual(cutOff)
    const isTorn = cutOff.includes(TORN)
    if (isTorn) expect(said('sse/event-terminated', body)).toEqual([])
  })

  test.each([
    ['a whole chunk', ROLE],
    ['a whole chunk of several lines', JSON.stringify(JSON.parse(ROLE), null, 2)],
    ['brackets in a string', chunk({ delta: { content: '\\"{[' } })],
    ['something after a whole chunk', `${ROLE}"`],
  ])('with %s, which only lacks its blank line', (_, data) => {
    const body = `${stream(OPEN)}data: ${data.replaceAll('\n', '\ndata: ')}`
    expect(said('sse/event-terminated', body)).toEqual([
      'error: The last event is not followed by a blank line, so clients discard it.',
    ])
  })

  const streamed = (body: string, length?: number) =>
    exchange(answerOf(body, 'text/event-stream', length))
  test.each([
    [
      'stream/cut-off',
      `${stream(OPEN)}data: {"id`,
      'error: The stream ended in the middle of an event, after the 202 bytes that Content-Length announces.',
      /^Leave Content-Length out of a stream/,
    ],
    [
      'sse/event-terminated',
      `${stream(OPEN)}data: [DONE]`,
      'error: The last event is not followed by a blank line within the 204 bytes of Content-Length, so clients discard it.',
      /^Write two newlines/,
    ],
  ])('where Content-Length ends it: %s', (id, body, message, fix) => {
    const { length } = bytes(body)
    expect(said(id, streamed(body, length))).toEqual([message])
    expect(fixOf(id, streamed(body, length))).toMatch(fix)
    expect(said(id, streamed(body, length + 1))).not.toEqual([message])
  })
})

describe('how a body ends', () => {
  test.each<[End, string]>([
    [failed('reset'), 'The connection broke after 482 bytes and 6 ms: it was reset.'],
    [
      failed('premature-end'),
      'The connection broke after 482 bytes and 6 ms: it was closed before the body was complete.',
    ],
    [
      failed('content-length'),
      'The connection broke after 482 bytes and 6 ms: the body length does not match Content-Length.',
    ],
    [
      failed('malformed'),
      'The connection broke after 482 bytes and 6 ms: the body is not valid HTTP/1.1 framing.',
    ],
    [failed('other'), 'The connection broke after 482 bytes and 6 ms: other.'],
    [
      { how: 'timeout', atMs: 20_000 },
      'The body did not end; recording stopped after 482 bytes and 20000 ms.',
    ],
    [
      { how: 'too-large', atMs: 30 },
      'The answer has more than 4,194,304 bytes; no more of it was read.',
    ],
  ])('%o', (end, message) => {
    expect(said('transport/body-complete', exchange({ end }))).toEqual([`error: ${message}`])
  })

  test.each<[End, string, RegExp]>([
    [
      { how: 'timeout', atMs: 958 },
      'Status and headers came, but no byte of the body within 958 ms.',
      /waits for before it writes/,
    ],
    [
      failed('reset'),
      'The connection broke before the first byte of the body, after 6 ms: it was reset.',
      /was dropped/,
    ],
  ])('without a byte: %o', (end, message, fix) => {
    const none = exchange({ arrivals: [], end })
    expect(said('transport/body-complete', none)).toEqual([`error: ${message}`])
    expect(fixOf('transport/body-complete', none)).toMatch(fix)
  })

  test('a Content-Length that is too large, or none at all', () => {
    const announcing = (length: string, more: Partial<Exchange>) => {
      const good = exchange(more)
      const headers: Header[] = [...good.response!.headers, ['content-length', length]]
      return { ...good, response: { ...good.response!, headers } }
    }
    const long = announcing('900', { end: failed('premature-end') })
    expect(said('transport/body-complete', long)).toEqual([
      expect.stringMatching(
        /^error: The connection was closed after \d+ bytes and 6 ms; Content-Length announces 900 bytes\.$/,
      ),
    ])
    expect(fixOf('transport/body-complete', long)).toMatch(/leave Content-Length out/)
    const none = announcing('0', { arrivals: [] })
    expect(said('stream/no-chunks', none)).toEqual([
      'error: The stream has no chunks: its Content-Length is 0.',
    ])
    expect(fixOf('stream/no-chunks', none)).toMatch(/^Leave Content-Length out/)
  })

  test.each<[End, RegExp]>([
    [{ how: 'timeout', atMs: 20_000 }, /^End the response/],
    [failed('content-length'), /^Leave Content-Length out/],
    [{ how: 'too-large', atMs: 30 }, /^Look for a loop/],
  ])('the fix belongs to what was seen: %o', (end, fix) => {
    expect(fixOf('transport/body-complete', exchange({ end }))).toMatch(fix)
  })

  test.each<[End, string[]]>([
    [{ how: 'complete', atMs: 900 }, []],
    [{ how: 'complete', atMs: 1_500 }, ['warning: The response ended 1495 ms after [DONE].']],
    [
      { how: 'held-open', atMs: 1_505 },
      ['warning: The response was still open 1500 ms after [DONE].'],
    ],
  ])('after [DONE]: %o', (end, messages) => {
    expect(said('transport/closes-after-done', exchange({ end }))).toEqual(messages)
  })
})

describe('status and headers', () => {
  const answered = (status: number, body: string, headers: Exchange['request']['headers'] = []) =>
    exchange({
      response: { status, statusText: '', headers, atMs: 1 },
      arrivals: [{ atMs: 2, bytes: bytes(body) }],
    })

  test.each([
    [500, '{"error": {"message": "boom"}}', 'status 500: boom'],
    [422, '{"detail": "content must be a string"}', 'status 422: content must be a string'],
    [400, '{"error": "no"}', 'status 400: no'],
    [
      422,
      '{"detail": [{"loc": ["body", "messages", 0, "content"], "msg": "Input should be a string"}, {"loc": ["body", "user"], "msg": "Field required"}, {"msg": "odd", "loc": [{}]}, {}]}',
      'status 422: body.messages.0.content: Input should be a string; body.user: Field required; ?: odd',
    ],
    [
      422,
      JSON.stringify({ detail: Array.from({ length: 8 }, (_, i) => ({ loc: [i], msg: 'no' })) }),
      'status 422: 0: no; 1: no; 2: no; 3: no; 4: no; and 3 more',
    ],
    [422, '{"detail": [{"loc": ["body"]}]}', 'status 422: {"detail": [{"loc": ["body"]}]}'],
    [503, 'upstream down', 'status 503: upstream down'],
    [502, '', 'status 502'],
  ])('the words of a %i are told', (status, body, actual) => {
    const [file] = lint([{ file: 'x', exchange: answered(status, body) }], {
      only: ['transport/status-ok'],
    }).files
    expect(file!.checks[0]!.findings[0]!.actual).toBe(actual)
  })

  test.each<[End, string, RegExp]>([
    [
      { how: 'timeout', atMs: 20_000 },
      'Nothing arrived within 20001 ms, the time limit (--timeout).',
      /waits for/,
    ],
    [failed('premature-end'), 'The connection was closed after 6 ms without an answer.', /crash/],
    [failed('reset'), 'The connection was closed after 6 ms without an answer.', /crash/],
    [failed('malformed'), 'What arrived after 6 ms is not valid HTTP.', /the port/],
    [
      failed('refused'),
      'Nothing listens there any more: the connection was refused.',
      /why it ended/,
    ],
    [failed('other'), 'No response arrived; the connection failed after 6 ms.', /error text/],
  ])('no answer at all: %o', (end, message, fix) => {
    const none = exchange({ response: null, arrivals: [], end })
    expect(said('transport/status-ok', none)).toEqual([`error: ${message}`])
    expect(fixOf('transport/status-ok', none)).toMatch(fix)
  })

  test('what a proxy failed at is not the fault of the endpoint', () => {
    const none = exchange({ response: null, arrivals: [], connectMs: null, end: failed('proxy') })
    const [file] = lint([{ file: 'x', exchange: none }]).files
    expect(file!.verdict).toBe('inconclusive')
    expect(file!.checks.filter(({ status }) => status === 'fail')).toEqual([])
    expect(file!.checks.find(({ id }) => id === 'transport/status-ok')!.reason).toBe('message')
    expect(firstBreach(new ExchangeReading(none))).toEqual({ check: null, seen: 'message' })
  })

  test('a redirect that does not say where', () => {
    expect(said('transport/no-redirect', answered(302, ''))).toEqual([
      'error: The request was redirected with status 302.',
    ])
  })

  test('an empty content type', () => {
    expect(
      said('transport/content-type', answered(200, stream(HI), [['content-type', '']])),
    ).toEqual(['error: The stream is sent as an empty type.'])
  })

  test('a content coding that is none', () => {
    const coded = answered(200, 'junk', [
      ['content-encoding', 'br'],
      ['content-type', 'text/event-stream'],
    ])
    expect(said('transport/content-encoding', coded)).toEqual([
      'warning: The stream is compressed with br, although the request accepted no compression.',
      'error: The body cannot be decoded as br.',
    ])
    expect(said('sse/done', coded)).toEqual([])
  })
})

test('null where the specification of OpenAI requires an array', () => {
  const body = stream(ROLE, HI, JSON.stringify({ ...ENVELOPE, choices: null, usage: null }))
  const [file] = lint([{ file: 'x', body: bytes(body) }], {
    only: ['chunk/openai-schema'],
    profile: 'openai',
  }).files
  expect(file!.checks[0]!.findings.map(({ message }) => message)).toEqual([
    "A chunk does not match OpenAI's schema: /choices must be array.",
  ])
})

describe('no alarm', () => {
  test('for U+FFFD that the request held', () => {
    const echoed = exchange({
      request: {
        method: 'POST',
        url: 'https://a.example',
        headers: [],
        body: '{"stream":true,"x":"\uFFFD"}',
      },
      arrivals: [
        {
          atMs: 5,
          bytes: bytes(stream(ROLE, chunk({ delta: { content: 'A \uFFFD.' } }), STOP, '[DONE]')),
        },
      ],
    })
    expect(said('sse/utf8', echoed)).toEqual([])
    expect(said('sse/utf8', { ...echoed, request: exchange({}).request })).toHaveLength(1)
  })

  test('for a request that did not ask for a stream', () => {
    const plain = exchange({
      request: { method: 'POST', url: 'https://a.example', headers: [], body: '{"stream":false}' },
      arrivals: [{ atMs: 5, bytes: bytes('{"object":"chat.completion"}') }],
    })
    expect(said('transport/stream-flag-ignored', plain)).toEqual([])
  })

  test('for a stream that says why it breaks off', () => {
    const told = stream(ROLE, HI, '{"error": {"message": "overloaded"}}')
    expect(said('stream/cut-off', told)).toEqual([])
    expect(said('stream/finish-reason-missing', told)).toEqual([])
  })

  test('for the calls of the time before tools', () => {
    const legacy = chunk({
      delta: { role: 'assistant', function_call: { name: 'f', arguments: '{}' } },
    })
    expect(
      said(
        'stream/empty-reply',
        stream(legacy, chunk({ finish_reason: 'function_call' }), '[DONE]'),
      ),
    ).toEqual([])
  })

  test('for a reply whose reason is told as missing already', () => {
    const call = chunk({ delta: { tool_calls: [{ index: 0, ...CALL }] } })
    expect(said('tools/finish-reason', stream(call, '[DONE]'))).toEqual([])
  })

  test('for a tool schema that is none', () => {
    const body = JSON.stringify({
      stream: true,
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'nonsense' } } }],
    })
    const call = chunk({
      delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'f', arguments: '{}' } }] },
    })
    const called = exchange({
      request: { method: 'POST', url: 'https://a.example', headers: [], body },
      arrivals: [{ atMs: 5, bytes: bytes(stream(call, STOP, '[DONE]')) }],
    })
    expect(said('tools/arguments-schema', called)).toEqual([])
  })

  const doubling = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      `d${i}`,
      { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
    ]),
  )
  const endless = {
    $defs: { ...doubling, d30: { type: 'string' } },
    properties: { a: { $ref: '#/$defs/d0' } },
  }

  test.each([
    [[endless], 'skip', /^to hold the arguments of f0 against its schema takes too much work$/],
    [[{ required: ['b'] }, endless], 'fail', null],
    [[{ description: 'a'.repeat(500_000) }], 'skip', /^the schemas .* are too large$/],
  ])('for tool schemas that take too long: %#', (schemas, status, reason) => {
    const tools = schemas.map((parameters, i) => ({
      type: 'function',
      function: { name: `f${i}`, parameters },
    }))
    const calls = schemas.map((_, index) => ({
      ...CALL,
      index,
      id: `c${index}`,
      function: { name: `f${index}`, arguments: '{"a":1}' },
    }))
    const body = JSON.stringify({ stream: true, tools })
    const called = exchange({
      request: { method: 'POST', url: 'https://a.example', headers: [], body },
      arrivals: [
        { atMs: 5, bytes: bytes(stream(chunk({ delta: { tool_calls: calls } }), STOP, '[DONE]')) },
      ],
    })
    const [file] = lint([{ file: 'x', exchange: called }], {
      only: ['tools/arguments-schema'],
    }).files
    expect(file!.checks[0]).toMatchObject({ status })
    expect(file!.checks[0]!.reason ?? '').toMatch(reason ?? /^$/)
  })
})
