import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import { requestFixture } from '../../../src/conformance/probes/request-fixture.ts'
import type { JsonObject } from '../../../src/protocol/index.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { bytes } from '../../support/bytes.ts'
import { chunk, exchange, reasonOf, ROLE, said, stream } from '../../support/said.ts'

/** The reply to the request of a probe, or to one that differs from it. */
function reply(probe: string, body: string, edit: JsonObject = {}, status = 200): Exchange {
  const request = { ...requestFixture(probe), ...edit }
  return exchange({
    id: `${probe}-1`,
    probe,
    request: { ...exchange({}).request, body: JSON.stringify(request) },
    response: { status, statusText: '', headers: [['content-type', 'text/event-stream']], atMs: 1 },
    arrivals: [{ atMs: 5, bytes: bytes(body) }],
  })
}

const words = (text: string, finish = 'stop', more: JsonObject = {}) =>
  stream(
    ROLE,
    chunk({ delta: { content: text } }),
    chunk({ finish_reason: finish }, more),
    '[DONE]',
  )
const calls = (...made: [name: string, args: string][]) =>
  stream(
    ...made.map(([name, args], index) =>
      chunk({
        delta: {
          tool_calls: [
            { index, id: `call_${index}`, type: 'function', function: { name, arguments: args } },
          ],
        },
      }),
    ),
    chunk({ finish_reason: 'tool_calls' }),
    '[DONE]',
  )
const SILENCE = stream(ROLE, chunk({ finish_reason: 'stop' }), '[DONE]')
const UNJUDGED = 'the reply says nothing that could be judged'

describe('behaviour/tool-result-used', () => {
  const id = 'behaviour/tool-result-used'

  test('the same call again, its members in another order', () => {
    const again = calls(['lookup_order', '{"detail":"status","order_number":"A1042"}'])
    expect(said(id, reply('tool-result', again))).toEqual([
      'error: The reply calls lookup_order again, with the same arguments, although its result is there.',
    ])
  })

  test.each([
    words('Narwhal Parcels has it.'),
    words('Good news: your order is on its way.'),
    calls(['end_call', '{"reason":"done","system__message_to_speak":"It is with narwhal."}']),
  ])('is used: %#', (body) => {
    expect(said(id, reply('tool-result', body))).toEqual([])
  })

  test('another call does not use it, nor one that cannot be read', () => {
    expect(said(id, reply('tool-result', calls(['lookup_order', '{"order'])))).toHaveLength(1)
    expect(said(id, reply('tool-result', calls(['end_call', '{}'])))).toHaveLength(1)
  })

  test('nothing to judge', () => {
    expect(reasonOf(id, reply('tool-result', SILENCE))).toBe(UNJUDGED)
    for (const messages of [
      [{ role: 'user', content: 'Hi' }],
      [{ role: 'tool', tool_call_id: 'a', content: '{"weather":"sunny"}' }],
    ]) {
      expect(reasonOf(id, reply('tool-result', words('Hi.'), { messages }))).toBe(
        'the request went out without the result of the tool',
      )
    }
    expect(said(id, reply('tool-result', words('Hi.'), { messages: null }))).toEqual([])
  })
})

describe('one finding for all', () => {
  const told = (...exchanges: Exchange[]) =>
    lint(
      exchanges.map((each, i) => ({ file: `${i}`, exchange: each })),
      { only: ['behaviour', 'request/content-parts', 'request/unicode'] },
    ).files.flatMap(({ checks }) =>
      checks.flatMap(({ id, findings }) => findings.map(({ severity }) => `${severity} ${id}`)),
    )
  const ASKED = ['farewell', 'required-tool', 'superset', 'streamed-unicode', 'tool-result']

  test('every reply says the same', () => {
    const replies = ASKED.map((probe) => reply(probe, words('Hello.')))
    expect(told(...replies)).toEqual(['error behaviour/constant-reply'])
    const left = { ...reply('barge-in', words('He')), end: { how: 'aborted' as const, atMs: 6 } }
    expect(told(left, ...replies)).toEqual(['error behaviour/constant-reply'])
  })

  test('most replies say the same', () => {
    const replies = ASKED.map((probe, i) => reply(probe, words(i === 2 ? 'Hi.' : 'Hello.')))
    const [report] = lint(
      replies.map((each, i) => ({ file: `${i}`, exchange: each })),
      { only: ['behaviour/constant-reply'] },
    ).files
    expect(report!.checks[0]!.findings.map(({ message }) => message)).toEqual([
      '4 of 5 replies say the same, whatever was asked: "Hello."',
    ])
  })

  test('some replies say something else, or there are too few', () => {
    const replies = ASKED.map((probe, i) => reply(probe, words(i > 2 ? `Hi ${i}.` : 'Hello.')))
    expect(told(...replies)).not.toContain('error behaviour/constant-reply')
    const few = [reply('farewell', words('Hello.')), reply('required-tool', words('Hello.'))]
    expect(reasonOf('behaviour/constant-reply', ...few)).toBe(
      'there are too few replies to compare',
    )
  })

  test('no tool is ever called', () => {
    const farewell = reply('farewell', words('Bye.'))
    expect(told(farewell, farewell, reply('required-tool', words('Lovely.')))).toEqual([
      'warning behaviour/tools-never-called',
    ])
  })

  test('some tool is called, or none had to be', () => {
    const farewell = reply('farewell', words('Bye.'))
    const called = reply('required-tool', calls(['skip_turn', '{}']))
    expect(told(farewell, called)).toEqual(['warning behaviour/tool-triggered'])
    expect(reasonOf('behaviour/tools-never-called', farewell)).toBe(
      'too few replies were to call a tool',
    )
  })
})

describe('the words of a reply that was broken off are not judged', () => {
  const cases = [
    ['behaviour/tool-result-used', 'tool-result'],
    ['behaviour/conversation-memory', 'long-history'],
    ['behaviour/tool-triggered', 'farewell'],
    ['request/content-parts', 'superset'],
    ['request/unicode', 'streamed-unicode'],
    ['isolation/revised-turn', 'barge-in'],
  ] as const

  test.each(cases)('%s', (id, probe) => {
    const of = (finish: string) => {
      const turn = reply(probe, words('Creme', finish))
      const saved =
        id === 'isolation/revised-turn'
          ? [reply(probe, words('Hi'), { messages: [] }), turn]
          : [turn]
      return lint(
        saved.map((each, i) => ({ file: `${i}`, exchange: each })),
        { only: [id] },
      ).files.flatMap(({ checks }) => checks.flatMap(({ findings }) => findings))
    }
    expect(of('stop')).toHaveLength(1)
    for (const finish of ['length', 'error', 'content_filter', 'insufficient_system_resource']) {
      expect(of(finish)).toEqual([])
    }
  })
})

test('a turn said anew proves nothing where no reply says a word that was asked for', () => {
  const turns = [reply('barge-in', words('Hi'), { messages: [] }), reply('barge-in', words('Hi'))]
  const id = 'isolation/revised-turn'
  expect(reasonOf(id, ...turns, reply('tool-result', words('Hello.')))).toBe(
    'no other reply says a word that was asked for, either',
  )
  expect(reasonOf(id, ...turns, reply('tool-result', words('It is narwhal.')))).toBeNull()
})

describe('behaviour/tool-triggered', () => {
  const id = 'behaviour/tool-triggered'

  test('another tool', () => {
    expect(said(id, reply('farewell', calls(['skip_turn', '{}'])))).toEqual([
      'warning: The caller said goodbye, but the reply calls skip_turn.',
    ])
  })

  test.each<[string, string, JsonObject]>([
    [UNJUDGED, SILENCE, {}],
    ['the reply calls what was not offered', calls(['hang_up', '{}']), {}],
    ['the request went out without tools', words('Bye.'), { tools: null }],
    [
      'the caller did not say goodbye',
      words('It left today.'),
      { messages: [{ role: 'user', content: 'Where is my order?' }] },
    ],
    ['the call was made before', words('Bye.'), { messages: [{ role: 'tool', content: '' }] }],
    ['the request went out without tools', words('Bye.'), { tools: null, messages: null }],
  ])('nothing to judge: %s', (reason, body, edit) => {
    expect(reasonOf(id, reply('farewell', body, edit))).toBe(reason)
  })
})

describe('tool_choice', () => {
  test.each(['tool-choice-none', 'required-tool'])('%s went out without it', (probe) => {
    const id = probe === 'required-tool' ? 'behaviour/tool-choice-required' : `behaviour/${probe}`
    expect(reasonOf(id, reply(probe, words('Hi.'), { tool_choice: null }))).toBe(
      'the request went out without tool_choice',
    )
  })

  test('a call without a name', () => {
    const nameless = stream(chunk({ delta: { tool_calls: [{ index: 0, function: {} }] } }))
    expect(said('behaviour/tool-choice-none', reply('tool-choice-none', nameless))).toEqual([
      'warning: The reply calls a tool, although tool_choice is "none".',
    ])
  })

  test('an empty reply is told elsewhere', () => {
    expect(reasonOf('behaviour/tool-choice-required', reply('required-tool', SILENCE))).toBe(
      UNJUDGED,
    )
  })

  test('an honest refusal is none of ours', () => {
    const refused = reply('required-tool', '{"error": {"message": "not supported"}}', {}, 400)
    expect(reasonOf('behaviour/tool-choice-required', refused)).toBe(
      'the endpoint says that it does not support this',
    )
  })
})

test.each([
  calls(['lookup_order', '{"order_number":"A1042"}'], ['lookup_order', '{"order_number":"B2077"}']),
  calls(['lookup_order', '{"order_number":"A1042"}']),
  calls(['end_call', '{"reason":"asked for A1042 and B2077"}']),
])('behaviour/parallel-tools: calls may come together or one by one: %#', (body) => {
  expect(said('behaviour/parallel-tools', reply('two-tools', body))).toEqual([])
})

describe('behaviour/max-tokens', () => {
  const id = 'behaviour/max-tokens'
  const usage = (completion_tokens: number, reasoning_tokens?: number) => ({
    usage: {
      completion_tokens,
      ...(reasoning_tokens !== undefined && { completion_tokens_details: { reasoning_tokens } }),
    },
  })
  const LONG =
    'one two three four five six seven eight nine ten one two three four five six seven eight'

  test('without usage, words are counted', () => {
    expect(said(id, reply('greeting', words(LONG)))).toEqual([
      'warning: The reply has at least 18 tokens; max_tokens is 16.',
    ])
  })

  test.each([
    ['short, and over', words('Hello.', 'stop', usage(2))],
    ['as long as it may be, and over', words('Hello, I am glad to help.', 'stop', usage(16))],
    ['one more for the end', words('Hello, I am glad to', 'length', usage(17))],
    ['reasoning does not count', words('Hello.', 'stop', usage(90, 88))],
    ['cut, and says so', words('Hello, I am glad to', 'length', usage(16))],
    ['another script', words('你好，很高兴为您服务。', 'stop', usage(16))],
  ])('is kept: %s', (_, body) => {
    expect(said(id, reply('greeting', body))).toEqual([])
  })

  test.each([{ max_tokens: null }, { max_tokens: -1 }])('no limit: %o', (edit) => {
    expect(reasonOf(id, reply('greeting', words('Hello.'), edit))).toBe(
      'the request went out without a limit',
    )
  })
})

describe('behaviour/stop-sequence', () => {
  const id = 'behaviour/stop-sequence'

  test.each<[string, string, JsonObject]>([
    ['the request went out without stop', 'six', { stop: null }],
    ['the reply does not come to a stop sequence', 'I would rather not.', {}],
  ])('nothing to judge: %s', (reason, text, edit) => {
    expect(reasonOf(id, reply('two-choices', words(text), edit))).toBe(reason)
  })

  test('may be a single text', () => {
    expect(said(id, reply('two-choices', words('six, seven'), { stop: 'six' }))).toEqual([
      'info: The reply contains the stop sequence "six".',
    ])
  })
})

describe('behaviour/conversation-memory', () => {
  const id = 'behaviour/conversation-memory'

  test('one of the two', () => {
    expect(said(id, reply('long-history', words('The code word is Kaleidoscope.')))).toEqual([
      'warning: The reply does not know the reference from the first turn.',
    ])
  })

  test('what was not sent cannot be known', () => {
    const messages = [{ role: 'system', content: 'The code word is kaleidoscope.' }]
    const short = reply('long-history', words('kaleidoscope'), { messages })
    expect(said(id, short)).toEqual([])
  })

  test('nothing to judge', () => {
    expect(reasonOf(id, reply('long-history', SILENCE))).toBe(UNJUDGED)
  })
})

describe('behaviour/stream-parity', () => {
  const id = 'behaviour/stream-parity'
  const whole = (body: unknown, status = 200) =>
    reply('non-stream', typeof body === 'string' ? body : JSON.stringify(body), {}, status)
  const completion = (message: unknown) => ({ choices: [{ index: 0, message }] })
  const ended = reply('farewell', calls(['end_call', '{}']))
  const told = (...exchanges: Exchange[]) =>
    lint(
      exchanges.map((each, i) => ({ file: `${i}`, exchange: each })),
      { only: [id] },
    ).files.flatMap(({ checks }) => checks[0]!.findings.map(({ message }) => message))

  test('other tools', () => {
    const message = { tool_calls: [{ function: { name: 'skip_turn' } }, {}] }
    expect(told(ended, whole(completion(message)))).toEqual([
      'The reply without a stream is a call of (no name) and skip_turn; with a stream, it was a call of end_call.',
    ])
  })

  test('nothing at all', () => {
    for (const message of [{ content: '' }, { content: null, tool_calls: [] }]) {
      expect(told(ended, whole(completion(message)))).toEqual([
        'The reply without a stream is empty; with a stream, it was a call of end_call.',
      ])
    }
  })

  test('alike in one sample', () => {
    const spoken = { ...reply('farewell', words('Goodbye.')), id: 'farewell-2' }
    expect(told(ended, spoken, whole(completion({ content: 'Bye.' })))).toEqual([])
    expect(told(ended, whole(completion({ content: 'Bye.' })))).toHaveLength(1)
  })

  test.each([
    ['there is no reply without a stream', [ended]],
    ['there is no reply without a stream', [ended, whole('no', 500)]],
    ['there is no reply without a stream', [ended, whole('[]')]],
    ['there is no reply without a stream', [ended, whole({ choices: [] })]],
    ['there is no reply without a stream', [ended, whole(completion('Bye.'))]],
    ['there is no reply to the same request with a stream', [whole(completion({}))]],
  ])('nothing to judge: %s', (reason, exchanges) => {
    expect(reasonOf(id, ...exchanges)).toBe(reason)
  })
})

test('behaviour/n-choices: one choice is all that was asked for', () => {
  expect(reasonOf('behaviour/n-choices', reply('two-choices', words('one'), { n: 1 }))).toBe(
    'the request went out without n',
  )
})
