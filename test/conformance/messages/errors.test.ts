import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { bytes } from '../../support/bytes.ts'
import {
  CALL,
  chunk,
  exchange,
  HI,
  reasonOf,
  ROLE,
  said,
  STOP,
  stream,
} from '../../support/said.ts'

/** What came back for a wrong request of a probe. */
function answered(probe: string, status: number, body: string, more: Partial<Exchange> = {}) {
  return exchange({
    probe,
    response: { status, statusText: '', headers: [], atMs: 1 },
    arrivals: [{ atMs: 2, bytes: bytes(body) }],
    ...more,
  })
}

const TOLD = '{"error": {"message": "no"}}'

describe('errors/error-in-200', () => {
  test.each([
    ['before anything was said', stream(TOLD), 'no reply.'],
    ['under its own event name', `event: error\n${stream('{"message": "no"}')}`, 'no reply.'],
    ['without a wrapper', stream('{"object": "error", "message": "no", "code": 400}'), 'no reply.'],
    ['as FastAPI writes it', stream('{"detail": "the model is not loaded"}'), 'no reply.'],
    ['in a chunk', stream(ROLE, chunk({}, { error: { code: 502 } }), '[DONE]'), 'no reply.'],
    [
      'of which it speaks on',
      stream(TOLD, ROLE, HI, STOP, '[DONE]'),
      'no reply, and did not end there.',
    ],
  ])('an error %s', (_, body, rest) => {
    expect(said('errors/error-in-200', body)).toEqual([
      `error: The stream has an upstream error and ${rest}`,
    ])
  })

  test('an error after the reply was over is milder', () => {
    expect(said('errors/error-in-200', stream(ROLE, HI, STOP, TOLD, '[DONE]'))).toEqual([
      'warning: The stream has an upstream error although the reply was over.',
    ])
  })

  test('an error after a tool call has begun', () => {
    const call = chunk({ delta: { tool_calls: [{ index: 0, ...CALL }] } })
    expect(said('errors/error-in-200', stream(call, TOLD))).toEqual([
      'error: The stream has an upstream error after part of a reply.',
    ])
  })

  test.each(['error', 'insufficient_system_resource', 'ABORT'])(
    'a reply that ends with the reason %s',
    (reason) => {
      const end = chunk({ finish_reason: reason })
      expect(said('errors/error-in-200', stream(ROLE, HI, end, '[DONE]'))).toEqual([
        `error: The reply ends with finish_reason "${reason}": it was cut off by a failure.`,
      ])
      expect(said('errors/error-in-200', stream(ROLE, end, '[DONE]'))).toEqual([
        `error: The reply ends with finish_reason "${reason}": a failure came in its place.`,
      ])
    },
  )

  test.each(['eos', 'length', 'sensitive', 'content_filter'])('no error: %s', (reason) => {
    const body = stream(ROLE, HI, chunk({ finish_reason: reason }), '[DONE]')
    expect(said('errors/error-in-200', body)).toEqual([])
  })

  test.each(['{"detail": "model not loaded"}', '{"detail": [{"msg": "Field required"}]}'])(
    "FastAPI's words: %s",
    (told) => {
      expect(said('errors/error-in-200', stream(told))).toEqual([
        'error: The stream has an upstream error and no reply.',
      ])
      expect(said('errors/error-in-200', told)).toHaveLength(1)
    },
  )

  test('a detail beside other members is none', () => {
    const good = chunk({ delta: { content: 'Hi.' } }, { detail: 'cached' })
    expect(said('errors/error-in-200', stream(ROLE, good, STOP, '[DONE]'))).toEqual([])
    expect(said('errors/error-in-200', stream('{"detail": ""}', ROLE, HI, STOP))).toEqual([])
  })

  test('an error in place of a stream', () => {
    expect(said('errors/error-in-200', TOLD)).toEqual(['error: The answer is an upstream error.'])
  })

  test('what is neither a stream nor an error', () => {
    expect(said('errors/error-in-200', 'hello')).toEqual([])
    expect(reasonOf('errors/error-in-200', answered('farewell', 200, 'hello'))).toBe(
      'the body is not an event stream',
    )
  })

  test.each(['null', '""', '{}', 'false'])('no error: "error": %s on a chunk', (error) => {
    const good = chunk({ delta: { content: 'Hi.' } }).replace(/\}$/, `,"error":${error}}`)
    expect(said('errors/error-in-200', stream(ROLE, good, STOP, '[DONE]'))).toEqual([])
  })

  test('the event may be named "error"', () => {
    const broken = `${stream(ROLE, HI)}event: error\n${stream(TOLD)}`
    expect(said('sse/event-name', broken)).toEqual([])
  })
})

describe('errors/error-as-speech', () => {
  const speak = (text: string) =>
    said(
      'errors/error-as-speech',
      stream(ROLE, chunk({ delta: { content: text } }), STOP, '[DONE]'),
    )

  test.each([
    'Error code: 401',
    `I failed. Error code: 429 - {'error': {'message': 'quota'}}`,
    'Error: connect ECONNREFUSED 127.0.0.1:11434',
    'openai.RateLimitError: You exceeded your current quota',
    'TypeError: Cannot read properties of undefined',
    'Traceback (most recent call last):\n  File "x.py", line 1',
    '503 Service Temporarily Unavailable',
    'Bad Gateway',
    '<html><body>502</body></html>',
    '{"error": {"message": "no such model"}}',
    '[GoogleGenerativeAI Error]: Error fetching from https://api.example.com',
    '[Error: upstream connect error]',
    'An error occurred: 500 Internal Server Error',
    "An error occurred: 'NoneType' object has no attribute 'get'",
    "'NoneType' object has no attribute 'content'",
    'Error communicating with OpenAI: timeout',
    'upstream connect error or disconnect/reset before headers. reset reason: overflow',
    "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1",
    'Agent stopped due to iteration limit or time limit.',
    'Error (500): upstream',
    'Error 401: You have no API key.',
    '**Error:** something',
    '{"detail":"Not Found"}',
    '{"message":"Internal Server Error"}',
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
  ])('is told: %s', (text) => {
    expect(speak(text)).toEqual(['error: The reply is the text of an error.'])
  })

  test.each([
    'I am sorry, an error occurred. Could you say that again?',
    'An internal server error means that the site is down; please call again later.',
    'Your machine shows error code 401: that is the water tank.',
    'Error 42 on the grinder? Please turn it off and on.',
    'The service is unavailable on Sundays.',
    'Exceptional: that is what this roast is.',
    '{"answer": "no", "error": null}',
    '{"error": ',
    '[Error] is what the display says, and then it stops.',
    'Error 404: the page you saw means the shop moved.',
    'Error: paper jam means that it is full.',
    'Too many requests!',
    'An error occurred: could you say that again?',
    'Error in the menu: the tea is two, not three.',
    'The object has no attribute that I know of.',
    '{"detail":"It is on its way."}',
    '{"message":"Not Found","to":"Ava"}',
    '[1]',
    '{}',
  ])('may be said: %s', (text) => {
    expect(speak(text)).toEqual([])
  })

  test('reads like one where nothing else tells', () => {
    expect(speak('Error 17: no water')).toEqual([
      'warning: The reply reads like the text of an error.',
    ])
  })

  const pieces = (...texts: string[]) =>
    said(
      'errors/error-as-speech',
      stream(ROLE, ...texts.map((content) => chunk({ delta: { content } })), STOP, '[DONE]'),
    )

  test.each([
    ['Your order is ', 'Error: connect ECONNREFUSED 127.0.0.1:11434'],
    ['Your order is on its', ' way,', '\n\nTypeError: terminated'],
    ['Your order is on its way. ', '[GoogleGenerativeAI Error]: Error fetching from upstream'],
    ['Your order is on its way.', '\n\n[ERROR: stream disconnected]'],
    ['We open at nine.', '\n\nError: connection reset'],
    ['We open at nine. As you said', '\n\nError: connection reset'],
    ['We open at nine.\n', 'Bad Gateway'],
    ['We open at', ' Error:', ' connection reset'],
  ])('ends a reply that had begun: %s', (...texts) => {
    expect(pieces(...texts)).toEqual([
      'error: After part of a reply, its last piece is the text of an error.',
    ])
  })

  test.each([
    ['The display says: ', 'Error: paper jam.'],
    ['Then look at the display. ', 'Error: paper jam means that it is full.'],
    ['I know the word ', '"Error"', ': it is English.'],
    ['Your display shows ', 'Error: E04'],
    ['Your display shows', ' Error:', ' connection reset'],
    ['It says "', '[Error: no paper]'],
    ['The display says:\n', 'Error: connection reset'],
    ['Please look for ', 'Error: E04'],
    ['The kitchen has', ' too many requests.'],
    ['One more.\n', 'Error: no paper means that it is empty.'],
    ['One more.\n', 'Sorry.'],
    ['\n', 'Sorry.'],
  ])('may be spoken about: %s', (...texts) => {
    expect(pieces(...texts)).toEqual([])
  })

  test.each(['Your order is ready', 'It seems', 'I am getting'])('may cut off: %s', (text) => {
    expect(pieces(text, ' [Upstream Error]: connection reset')).toEqual([
      'error: After part of a reply, its last piece is the text of an error.',
    ])
  })

  test('reads like one where it stands alone', () => {
    expect(pieces('One more.', '\n\nError: no paper')).toEqual([
      'warning: After part of a reply, its last piece reads like the text of an error.',
    ])
  })

  test('points at the first text', () => {
    const body = bytes(stream(ROLE, chunk({ delta: { content: 'Bad Gateway' } }), STOP, '[DONE]'))
    const [file] = lint([{ file: 'x', body }], { only: ['errors/error-as-speech'] }).files
    expect(file!.checks[0]!.findings[0]!.event).toBe(2)
  })

  test('comes from a model of that name', () => {
    const other = chunk({ delta: { content: ' Sorry.' } }, { id: 'error-1', model: 'error' })
    expect(said('errors/error-as-speech', stream(ROLE, HI, other, STOP, '[DONE]'))).toEqual([
      'error: A chunk whose model is "error" has text: it is spoken.',
    ])
  })

  test('JSON that was asked for may have an error', () => {
    const request = {
      ...exchange({}).request,
      body: '{"stream":true,"response_format":{"type":"json_object"}}',
    }
    const arrivals = [{ atMs: 5, bytes: bytes(stream(chunk({ delta: { content: TOLD } }), STOP)) }]
    expect(said('errors/error-as-speech', exchange({ arrivals, request }))).toEqual([])
    expect(said('errors/error-as-speech', exchange({ arrivals }))).toHaveLength(1)
  })
})

describe('chunk/id-unique', () => {
  const id = 'chunk/id-unique'
  const replies = (probe: string, ...ids: unknown[]) =>
    ids.map((each, i) =>
      exchange({
        id: `${probe}-${i}`,
        probe,
        request: { ...exchange({}).request, body: `{"stream":true,"seed":${i}}` },
        arrivals: [{ atMs: 5, bytes: bytes(stream(chunk({}, { id: each as string }), STOP)) }],
      }),
    )
  const told = (exchanges: Exchange[]) =>
    lint(
      exchanges.map((each, i) => ({ file: `${i}`, exchange: each })),
      { only: [id] },
    ).files.flatMap(({ checks: [result] }) => result!.findings.map(({ message }) => message))

  test('one id for different requests', () => {
    expect(told(replies('farewell', 'a', 'a', 'a'))).toEqual([
      'The replies to 3 different requests have the same id.',
    ])
    expect(told(replies('farewell', 'a', 'a', 'b'))).toEqual([])
    expect(told(replies('farewell', '', '', ''))).toEqual([])
  })

  test('too few to tell, or not of one run', () => {
    const reason = 'there are no replies to 3 different requests'
    expect(reasonOf(id, ...replies('farewell', 'a', 'a'))).toBe(reason)
    expect(reasonOf(id, ...replies('recorded', 'a', 'a', 'a'))).toBe(reason)
  })
})

describe('transport/options-preflight', () => {
  const id = 'transport/options-preflight'
  const allow = (headers: Exchange['request']['headers'], status = 204) =>
    said(id, {
      ...answered('preflight', status, ''),
      response: { status, statusText: '', headers, atMs: 1 },
    })

  test('a success without CORS headers stops a browser', () => {
    expect(allow([])).toEqual([
      'info: OPTIONS was answered with status 204 but without access-control-allow-origin and access-control-allow-headers: a browser stops there.',
    ])
    const origin = ['Access-Control-Allow-Origin', '*'] as const
    expect(allow([origin])).toHaveLength(1)
    expect(allow([origin, ['access-control-allow-headers', 'authorization']])).toEqual([])
    expect(allow([], 405)).toEqual([])
  })
})

describe('transport/stream-unasked', () => {
  const id = 'transport/stream-unasked'
  const asking = (request: string, body: string) =>
    answered('non-stream', 200, body, { request: { ...exchange({}).request, body: request } })

  test.each([
    [
      '{"stream":false}',
      stream(ROLE, HI, STOP),
      'The request asked for no stream, and was answered with one.',
    ],
    ['{}', '{"choices":[{"mess', 'The answer is JSON that is cut short.'],
  ])('%s: %s', (request, body, message) => {
    expect(said(id, asking(request, body))).toEqual([`info: ${message}`])
  })

  test('whole JSON, a page, and a stream that was asked for are none', () => {
    expect(said(id, asking('{}', '{"choices":[]}'))).toEqual([])
    expect(said(id, asking('{}', '<html>'))).toEqual([])
    expect(reasonOf(id, asking('{"stream":true}', stream(HI)))).toBe(
      'the request asked for a stream',
    )
  })
})

test('transport/status-ok', () => {
  const body = stream(ROLE, HI, STOP, '[DONE]')
  expect(said('transport/status-ok', answered('farewell', 201, body))).toEqual([
    'warning: The turn was answered with status 201: clients that look for 200 take it for a failure.',
  ])
  expect(said('transport/status-ok', answered('farewell', 200, body))).toEqual([])
})

describe('the status of a refusal', () => {
  const hung = { response: null, end: { how: 'timeout', atMs: 300 } } as const
  const broke = {
    response: null,
    end: { how: 'failed', atMs: 3, reason: 'reset', code: 'ECONNRESET', message: '' },
  } as const

  test.each([
    [
      'errors/invalid-json',
      'invalid-json',
      200,
      'warning: A body that is not JSON was answered with status 200.',
    ],
    ['errors/method', 'wrong-method', 200, 'info: GET was answered with status 200.'],
    ['errors/oversize', 'oversize', 502, 'info: A body of 20 MB was answered with status 502.'],
    ['errors/unauthorized', 'wrong-key', 404, 'warning: A wrong key was answered with status 404.'],
    [
      'errors/unknown-model',
      'unknown-model',
      200,
      'info: A model that does not exist was answered with an error, but with status 200.',
    ],
  ])('%s', (id, probe, status, message) => {
    expect(said(id, answered(probe, status, TOLD))).toEqual([message])
  })

  test.each([
    ['errors/invalid-json', 'invalid-json', 422],
    ['errors/missing-messages', 'missing-messages', 422],
    ['errors/method', 'wrong-method', 501],
    ['errors/method', 'wrong-method', 404],
    ['errors/oversize', 'oversize', 200],
    ['errors/unauthorized', 'wrong-key', 403],
    ['errors/unknown-model', 'unknown-model', 400],
  ])('%s: %s may be answered with %i', (id, probe, status) => {
    expect(said(id, answered(probe, status, status === 200 ? '{}' : TOLD))).toEqual([])
  })

  test('no answer', () => {
    expect(said('errors/oversize', answered('oversize', 0, '', hung))).toEqual([
      'info: A body of 20 MB got no response within 300 ms.',
    ])
    expect(said('errors/invalid-json', answered('invalid-json', 0, '', broke))).toEqual([
      'warning: A body that is not JSON got no response: the connection broke.',
    ])
  })

  test('an answer that may have been lost while the body was sent', () => {
    const end = { how: 'failed', atMs: 9, reason: 'other', code: 'EPIPE', message: '' } as const
    const lost = answered('oversize', 0, '', { end, response: null })
    expect(reasonOf('errors/oversize', lost)).toBe(
      'the connection was closed while the body was being sent',
    )
  })

  test('a refusal that came before the connection broke is one', () => {
    expect(said('errors/oversize', answered('oversize', 413, '', { end: broke.end }))).toEqual([])
  })
})

describe('errors/error-shape', () => {
  test.each([
    ['', 'An error has no body.'],
    ['no', 'The body of an error is not JSON.'],
    ['{"error": "no"}', 'An error is a bare string, not an object.'],
    [
      '{"detail": [{"loc": ["body", "messages"]}]}',
      'An error is in `detail`, as FastAPI writes it, not in `error`.',
    ],
    ['{"message": "no"}', 'An error has no `error.message`.'],
    ['[{"error": {"message": "no"}}]', 'An error has no `error.message`.'],
  ])('%s', (body, message) => {
    expect(said('errors/error-shape', answered('invalid-json', 400, body))).toEqual([
      `warning: ${message}`,
    ])
    expect(said('errors/error-shape', answered('oversize', 413, body))).toEqual([
      `info: ${message}`,
    ])
  })

  test('an error with more than it needs', () => {
    const rich = '{"error": {"message": "no", "code": 400, "metadata": {}}, "user_id": "u"}'
    expect(said('errors/error-shape', answered('unknown-model', 404, rich))).toEqual([])
  })

  test('an error that is cut short', () => {
    expect(reasonOf('errors/error-shape', answered('unknown-model', 404, '{"error": {"mes'))).toBe(
      'the body of the error is cut short',
    )
  })

  test('no error, no shape', () => {
    expect(reasonOf('errors/error-shape', answered('unknown-model', 200, '{}'))).toBe(
      'the request was not refused',
    )
  })
})

describe('errors/no-leak', () => {
  const leak = (words: string, more: Partial<Exchange> = {}) =>
    said('errors/no-leak', answered('invalid-json', 500, words, more))

  test.each([
    'TypeError: x\n    at chat (/app/server.js:10:5)',
    'Error\n    at async file:///srv/app/main.mjs:1:2',
    'at com.example.Chat.answer(Chat.java:42)',
    'panic: boom\n\ngoroutine 1 [running]:',
    `thread 'main' panicked at src/main.rs:1:1`,
    `app.rb:3:in 'chat'`,
    '{"error": {"message": "File \\"main.py\\", line 3, in chat"}}',
  ])('a stack trace: %s', (words) => {
    expect(leak(words)).toEqual(['warning: An error shows a stack trace.'])
  })

  test.each([
    'cannot open /home/ava/agent/.env',
    'see "/workspace/agent/main.py"',
    String.raw`{"error": "C:\\agents\\ava"}`,
  ])('a path: %s', (words) => {
    expect(leak(words)).toEqual(['warning: An error shows a path on the server.'])
  })

  test.each([
    '{"error": {"message": "There is no POST /v1/chat/completions", "param": "/messages/0"}}',
    '{"error": {"message": "See https://docs.example.com/errors/bad.php and /docs."}}',
    'Looked at 10:30:15 and/or later, at line 3, in [messages]',
    '<html><head><title>413</title></head><body>nginx/1.27.0</body></html>',
  ])('no leak: %s', (words) => {
    expect(leak(words)).toEqual([])
  })

  test('the key, or half of it, is told but not shown', () => {
    const key = 'sk-Zm9vYmFyYmF6cXV4-0123456789'
    const request = { ...exchange({}, [['Authorization', `Bearer ${key}`]]).request }
    const told = ['warning: An error repeats the API key, or a good part of it.']
    expect(leak(`{"error": "bad key ${key}"}`, { request })).toEqual(told)
    expect(leak(`at /home/ava: ${key.slice(2, 20)}...`, { request })).toEqual(told)
    expect(leak(`Incorrect API key provided: ${key.slice(0, 8)}***6789`, { request })).toEqual([])
    expect(leak('Bearer tokens are keys', { request })).toEqual([])
  })

  test('no error, no leak', () => {
    expect(reasonOf('errors/no-leak', answered('unknown-model', 200, '{}'))).toBe(
      'the request was not refused',
    )
  })
})

test('a rate limit that says when to come back', () => {
  const limited = (headers: Exchange['request']['headers']) =>
    answered('greeting', 429, TOLD, { response: { status: 429, statusText: '', headers, atMs: 1 } })
  expect(said('errors/rate-limit', limited([['Retry-After', '2']]))).toEqual([])
  expect(said('errors/rate-limit', limited([['retry-after-ms', '200']]))).toEqual([])
  expect(said('errors/rate-limit', limited([]))).toHaveLength(1)
  const silent = { ...limited([]), response: null, end: { how: 'timeout', atMs: 300 } } as const
  expect(reasonOf('errors/rate-limit', silent)).toBe('there is no response to look at')
})
