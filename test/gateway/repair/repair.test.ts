import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatRequest, JsonObject } from '../../../src/protocol/index.ts'
import { Repair, type Sent } from '../../../src/gateway/repair/repair.ts'
import type { UpstreamError } from '../../../src/gateway/upstream/upstream-error.ts'

const envelope = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_767_225_600,
  model: 'm',
}
const request: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'Bye.' }],
  tools: [
    { type: 'function', function: { name: 'end_call' } },
    { type: 'function', function: { name: 'lookup_order' } },
  ],
}

/** A chunk with a delta. */
function chunk(delta: JsonObject, finish_reason: string | null = null, more: JsonObject = {}) {
  return { ...envelope, choices: [{ index: 0, delta, finish_reason }], ...more }
}
const call = (fragment: JsonObject) => chunk({ tool_calls: [fragment] })
const END = chunk({}, 'stop')

interface Outcome {
  readonly sent: readonly Sent[]
  readonly repair: Repair
}

/** What is sent on of chunks that an upstream sends. */
function repaired(
  chunks: readonly JsonObject[],
  {
    asked = {},
    isDone = true,
    sendsReasoning = false,
    isReasoning = false,
    tellsUsage = false,
  } = {},
): Outcome {
  const repair = new Repair({ ...request, ...asked }, { sendsReasoning, isReasoning, tellsUsage })
  const sent = chunks.flatMap((each) =>
    repair.take({ kind: 'chunk', chunk: each, data: JSON.stringify(each) }),
  )
  if (isDone) repair.take({ kind: 'done' })
  sent.push(...repair.end())
  return { sent, repair }
}

/** Why chunks are no answer. */
function failure(
  chunks: readonly JsonObject[],
  options = {},
): Pick<UpstreamError, 'fault' | 'message'> {
  try {
    repaired(chunks, options)
  } catch (error) {
    const { fault, message } = error as UpstreamError
    return { fault, message }
  }
  throw new Error('it is an answer')
}

const choicesOf = ({ sent }: Outcome) =>
  sent.flatMap((each) => each.chunk['choices'] as JsonObject[])
const deltasOf = (outcome: Outcome) => choicesOf(outcome).map(({ delta }) => delta as JsonObject)
const textOf = (outcome: Outcome) =>
  deltasOf(outcome)
    .map(({ content }) => (content as string | null | undefined) ?? '')
    .join('')
const callsOf = (outcome: Outcome) =>
  deltasOf(outcome).flatMap((delta) => (delta['tool_calls'] ?? []) as JsonObject[])
const finishOf = (outcome: Outcome) =>
  choicesOf(outcome).flatMap(({ finish_reason }) => finish_reason ?? [])

describe('an answer that needs no repair', () => {
  const chunks = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'Well' }),
    chunk({ content: ', hello.' }),
    END,
  ]

  test('passes in the words of the upstream, from its second piece of text on', () => {
    const { sent } = repaired(chunks)
    expect(sent.map(({ data }) => data)).toEqual([undefined, JSON.stringify(chunks[2]), undefined])
  })

  test('has one role, one finish reason, and all that was said', () => {
    const outcome = repaired(chunks)
    expect(deltasOf(outcome).flatMap(({ role }) => role ?? [])).toEqual(['assistant'])
    expect(finishOf(outcome)).toEqual(['stop'])
    expect(textOf(outcome)).toBe('Well, hello.')
  })
})

test.each<[string, JsonObject[], string]>([
  ['a text in parts', [chunk({ content: [{ type: 'text', text: 'Hello.' }] }), END], 'Hello.'],
  [
    'an object in place of a text',
    [chunk({ content: { type: 'text', text: 'Hello.' } }), END],
    'Hello.',
  ],
  ['a number in place of a text', [chunk({ content: 12 }), END], '12'],
  [
    'a message in place of a delta',
    [
      {
        ...envelope,
        choices: [{ index: 0, message: { content: 'Hello.' }, finish_reason: 'stop' }],
      },
    ],
    'Hello.',
  ],
  [
    'a text beside the delta',
    [{ ...envelope, choices: [{ index: 0, text: 'Hello.', finish_reason: 'stop' }] }],
    'Hello.',
  ],
  [
    'a choice in place of a chunk',
    [
      { model: 'm', message: { content: 'Hello.' }, done: false },
      { model: 'm', message: { content: '' }, done: true },
    ],
    'Hello.',
  ],
  [
    'all that was said before, each time',
    [
      chunk({ content: 'We' }),
      chunk({ content: 'We are' }),
      chunk({ content: 'We are open.' }),
      END,
    ],
    'We are open.',
  ],
  [
    'the same from a single letter on',
    [
      chunk({ content: 'I' }),
      chunk({ content: 'I am' }),
      chunk({ content: 'I am here' }),
      chunk({ content: 'I am here.' }),
      END,
    ],
    'II am here.',
  ],
  [
    'all of it once more at the end',
    [
      chunk({ content: 'We are ' }),
      chunk({ content: 'open now.' }),
      chunk({ content: 'We are open now.' }),
      END,
    ],
    'We are open now.',
  ],
  [
    'words that are said twice',
    [chunk({ content: 'No' }), chunk({ content: ' no' }), chunk({ content: ' no.' }), END],
    'No no no.',
  ],
  [
    'half a character',
    [chunk({ content: 'Cake \ud83c' }), chunk({ content: '\udf6e!' }), END],
    'Cake 🍮!',
  ],
  [
    'line breaks before the first word',
    [chunk({ content: '\n\n' }), chunk({ content: ' Hello.' }), END],
    'Hello.',
  ],
  [
    'buffer words without a space',
    [chunk({ content: 'Let me see...' }), chunk({ content: 'Yes.' }), END],
    'Let me see... Yes.',
  ],
  [
    'text behind the finish reason',
    [chunk({ content: 'Hello' }), END, chunk({ content: ', you.' })],
    'Hello, you.',
  ],
  ['a refusal', [chunk({ refusal: 'I cannot do that.' }), END], 'I cannot do that.'],
  [
    'control tokens',
    [chunk({ content: 'Hello.<|im_' }), chunk({ content: 'end|>' }), END],
    'Hello.',
  ],
  ['a single brace', [chunk({ content: 'A {' }), END], 'A {'],
])('of %s the caller hears the words, once', (_, chunks, text) => {
  expect(textOf(repaired(chunks))).toBe(text)
})

test('every chunk has the envelope of the first, with what that lacks', () => {
  const { sent } = repaired([
    { choices: [{ delta: { content: 'Hello' } }], created: 1_767_225_600_123 },
    { id: 'b', model: 'other', created: 5, choices: [{ delta: { content: ', you.' } }] },
    END,
  ])
  const envelopes = sent.map(({ chunk: { id, object, created, model } }) => ({
    id,
    object,
    created,
    model,
  }))
  expect(new Set(envelopes.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(envelopes[0]).toMatchObject({ created: 1_767_225_600, model: 'm' })
  expect(envelopes[0]?.id).toMatch(/^chatcmpl-/)
})

describe('tool calls', () => {
  const open = {
    index: 0,
    id: 'call_1',
    type: 'function',
    function: { name: 'end_call', arguments: '' },
  }
  const rest = { index: 0, function: { arguments: '{"reason":"done"}' } }

  test.each<[string, JsonObject[]]>([
    ['as they should be', [open, rest]],
    ['without an index', [{ ...open, index: null }, { function: rest.function }]],
    [
      'with an index that is a text',
      [
        { ...open, index: '0' },
        { ...rest, index: '0' },
      ],
    ],
    ['with another id in each piece', [open, { ...rest, id: 'call_2' }]],
    [
      'with the name in each piece',
      [open, { ...rest, function: { ...rest.function, name: 'end_call' } }],
    ],
    [
      'with the name of a namespace',
      [{ ...open, function: { name: 'functions.end_call', arguments: '' } }, rest],
    ],
    [
      'with an object for arguments',
      [{ ...open, function: { name: 'end_call', arguments: { reason: 'done' } } }],
    ],
    [
      'with arguments that are encoded twice',
      [open, { index: 0, function: { arguments: '"{\\"reason\\":\\"done\\"}"' } }],
    ],
    ['with arguments that are sent twice', [open, rest, rest]],
    [
      'with arguments that repeat what came before',
      [open, { index: 0, function: { arguments: '{"reason"' } }, rest],
    ],
  ])('%s are sent whole', (_, fragments) => {
    const outcome = repaired([...fragments.map(call), chunk({}, 'stop')])
    const calls = callsOf(outcome)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      index: 0,
      type: 'function',
      function: { name: 'end_call', arguments: '{"reason":"done"}' },
    })
    expect(calls[0]!['id']).toMatch(/^call_/)
    expect(finishOf(outcome)).toEqual(['tool_calls'])
  })

  test.each<[string, JsonObject[]]>([
    [
      'of their own indices',
      [open, rest, { ...open, index: 1, id: 'call_2' }, { ...rest, index: 1 }],
    ],
    ['that are all numbered 0', [open, rest, { ...open, id: 'call_2' }, rest]],
    ['of one id', [open, rest, { ...open, index: 1 }, { ...rest, index: 1 }]],
    [
      'that are numbered from 1',
      [
        { ...open, index: 1 },
        { ...rest, index: 1 },
        { ...open, index: 2, id: 'b' },
        { ...rest, index: 2 },
      ],
    ],
  ])('two %s stay two', (_, fragments) => {
    const calls = callsOf(repaired([...fragments.map(call), END]))
    expect(calls.map(({ index }) => index)).toEqual([0, 1])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2)
  })

  test('without arguments have an empty object of them', () => {
    expect(callsOf(repaired([call(open), END]))).toMatchObject([{ function: { arguments: '{}' } }])
  })

  test('have no id that the conversation has used', () => {
    const messages = [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'end_call', arguments: '{}' } },
        ],
      },
      { role: 'tool', content: 'ok', tool_call_id: 'call_1' },
    ]
    const [{ id }] = callsOf(repaired([call(open), END], { asked: { messages } })) as [JsonObject]
    expect(id).toMatch(/^call_/)
    expect(id).not.toBe('call_1')
  })

  test.each([
    [
      'a tool that is not offered',
      [{ ...open, function: { name: 'hang_up' } }],
      /"hang_up", which is not offered/,
    ],
    ['no tool', [{ ...open, function: { arguments: '{}' } }], /no name/],
    [
      'a tool with broken arguments',
      [open, { index: 0, function: { arguments: '{"rea' } }],
      /arguments of end_call are no JSON object/,
    ],
    [
      'a tool with a list for arguments',
      [open, { index: 0, function: { arguments: '[1]' } }],
      /no JSON object/,
    ],
  ])('of %s are no answer', (_, fragments, why) => {
    const { fault, message } = failure([...fragments.map(call), END])
    expect(fault).toBe('garbled')
    expect(message).toMatch(why)
  })

  test('that are cut by the token limit are left out', () => {
    const outcome = repaired([
      chunk({ content: 'Well.' }),
      call(open),
      call({ index: 0, function: { arguments: '{"rea' } }),
      chunk({}, 'length'),
    ])
    expect(callsOf(outcome)).toEqual([])
    expect(finishOf(outcome)).toEqual(['length'])
  })

  test('leave no brackets to be heard', () => {
    expect(textOf(repaired([chunk({ content: '[]' }), call(open), END]))).toBe('')
  })

  test('as functions stay so only where functions are offered', () => {
    const legacy = [
      chunk({ function_call: { name: 'end_call' } }),
      chunk({ function_call: { arguments: '{"reason":"done"}' } }),
      chunk({}, 'function_call'),
    ]
    expect(callsOf(repaired(legacy))).toMatchObject([
      { function: { name: 'end_call', arguments: '{"reason":"done"}' } },
    ])
    const asked = { tools: null, functions: [{ name: 'end_call' }] }
    const outcome = repaired(legacy, { asked })
    expect(deltasOf(outcome)).toContainEqual(
      expect.objectContaining({
        function_call: { name: 'end_call', arguments: '{"reason":"done"}' },
      }),
    )
    expect(finishOf(outcome)).toEqual(['function_call'])
  })
})

describe('reasoning', () => {
  const chunks = [
    chunk({ reasoning_content: 'Hm. ' }),
    chunk({ reasoning: 'So. ' }),
    chunk({ content: '<think>Well.</think>Hello.' }),
    END,
  ]

  test('is sent nowhere', () => {
    const { sent } = repaired(chunks)
    expect(JSON.stringify(sent)).not.toMatch(/Hm|So\.|Well/)
    expect(textOf({ sent } as Outcome)).toBe('Hello.')
  })

  test('is sent where it belongs, if that is wanted', () => {
    const outcome = repaired(chunks, { sendsReasoning: true })
    const thought = deltasOf(outcome).map(
      ({ reasoning_content }) => (reasoning_content as string | undefined) ?? '',
    )
    expect(thought.join('')).toBe('Hm. So. Well.')
    expect(textOf(outcome)).toBe('Hello.')
  })

  test('alone is no answer', () => {
    expect(failure([chunk({ reasoning_content: 'Hm.' }), chunk({}, 'length')])).toEqual({
      fault: 'garbled',
      message: 'the answer says nothing (finish_reason length)',
    })
  })
})

test.each<[string, JsonObject[], string]>([
  ['an error in place of a chunk', [{ error: { message: 'overloaded' } }], 'failed'],
  ['an error as a text', [{ error: 'overloaded' }], 'failed'],
  ['an error told as a model', [{ ...chunk({ content: 'Overloaded' }), model: 'error' }], 'failed'],
  [
    'an error as what is said',
    [chunk({ content: 'Internal Server' }), chunk({ content: ' Error' }), END],
    'failed',
  ],
  [
    'an exception as what is said',
    [chunk({ content: 'ValueError' }), chunk({ content: ': bad' }), END],
    'failed',
  ],
  [
    'an error in mid-sentence',
    [chunk({ content: 'We are' }), chunk({ content: ' [Upstream Error]: reset' }), END],
    'failed',
  ],
  ['a finish reason that is a failure', [chunk({ content: 'We' }), chunk({}, 'error')], 'failed'],
  ['nothing', [END], 'garbled'],
  ['what was filtered', [chunk({ content: '' }), chunk({}, 'content_filter')], 'filtered'],
  ['what was filtered elsewhere', [chunk({ content: '' }), chunk({}, 'SAFETY')], 'filtered'],
  ['spaces', [chunk({ content: ' \n' }), END], 'garbled'],
])('%s is no answer', (_, chunks, fault) => {
  expect(failure(chunks).fault).toBe(fault)
})

test.each([
  'Error is human.',
  'Errors happen.',
  'The Exception proves the rule.',
  'Internal affairs are closed.',
  'Traces are left.',
  'E',
  '[sighs] Well.',
])('%j may be said', (text) => {
  expect(textOf(repaired([...Array.from(text, (content) => chunk({ content })), END]))).toBe(text)
})

test('an end without a word of it is a break', () => {
  expect(failure([chunk({ content: 'We are' })], { isDone: false }).fault).toBe('broken')
  expect(finishOf(repaired([chunk({ content: 'We are open.' })]))).toEqual(['stop'])
  expect(finishOf(repaired([chunk({ content: 'We are open.' }), END], { isDone: false }))).toEqual([
    'stop',
  ])
})

test.each([
  ['end_turn', 'stop'],
  ['EOS', 'stop'],
  ['max_tokens', 'length'],
  ['LENGTH', 'length'],
  ['safety', 'content_filter'],
  ['whatever', 'stop'],
  ['tool_calls', 'stop'],
])('the finish reason %s is sent as %s', (told, sent) => {
  expect(finishOf(repaired([chunk({ content: 'Hello.' }), chunk({}, told)]))).toEqual([sent])
})

describe('usage', () => {
  const usage = {
    prompt_tokens: 5,
    completion_tokens: 2,
    total_tokens: 9,
    prompt_tokens_details: { cached_tokens: 3, audio_tokens: 0 },
  }
  const chunks = [
    chunk({ content: 'Hello.' }, null, { usage }),
    END,
    { ...envelope, choices: [], usage },
  ]

  test('is told once, at the end, to who asks for it', () => {
    const { sent, repair } = repaired(chunks, { tellsUsage: true })
    expect(sent.filter((each) => each.chunk['usage']).map((each) => each.chunk)).toEqual([
      { ...envelope, choices: [], usage: { ...usage, total_tokens: 7 } },
    ])
    expect(sent.at(-1)?.chunk['choices']).toEqual([])
    expect(repair.usage).toMatchObject({ prompt: 5, completion: 2, cached: 3 })
  })

  test('is told to nobody else', () => {
    expect(repaired(chunks).sent.some((each) => each.chunk['usage'])).toBe(false)
  })
})

test('several choices have a role and a finish reason each', () => {
  const two = (index: number, delta: JsonObject, finish_reason: string | null = null) => ({
    ...envelope,
    choices: [{ index, delta, finish_reason }],
  })
  const outcome = repaired(
    [
      two(0, { content: 'Hello' }),
      two(1, { content: 'Good' }),
      two(0, { content: '.' }),
      two(1, { content: ' day.' }),
      two(0, {}, 'stop'),
      two(1, {}, 'stop'),
    ],
    { asked: { n: 2 } },
  )
  for (const index of [0, 1]) {
    const own = choicesOf(outcome).filter((choice) => choice['index'] === index)
    expect(own.filter(({ delta }) => (delta as JsonObject)['role'])).toHaveLength(1)
    expect(own.filter(({ finish_reason }) => finish_reason)).toHaveLength(1)
  }
})

test('calls without end are no answer', () => {
  const calls = Array.from({ length: 1_001 }, (_, index) =>
    call({ index, id: `c${index}`, function: { name: 'end_call', arguments: '{}' } }),
  )
  expect(failure([...calls, END])).toEqual({
    fault: 'garbled',
    message: 'it calls more than 1000 tools',
  })
})

test('choices that nobody asked for are left out, though they come together', () => {
  const choices = [0, 1, 2].map((index) => ({
    index,
    delta: { content: `Hello ${index}.` },
    finish_reason: 'stop',
  }))
  expect(textOf(repaired([{ ...envelope, choices }]))).toBe('Hello 0.')
})

test('logprobs and members that nobody knows pass', () => {
  const logprobs = { content: [{ token: 'Hello', logprob: -1, bytes: null, top_logprobs: [] }] }
  const { sent } = repaired([
    {
      ...envelope,
      service_tier: 'default',
      choices: [
        { index: 0, delta: { content: 'Hello', annotations: [1] }, logprobs, finish_reason: null },
      ],
    },
    END,
  ])
  expect(sent[0]?.chunk).toMatchObject({
    service_tier: 'default',
    choices: [{ delta: { annotations: [1] }, logprobs }],
  })
})

test('whatever an upstream sends, it is an answer that keeps the contract, or an error of ours', () => {
  const json = fc.jsonValue({ maxDepth: 3 })
  const anyDelta = fc.record(
    { content: json, tool_calls: json, role: json, refusal: json, reasoning_content: json },
    { requiredKeys: [] },
  )
  const anyChunk = fc.oneof(
    json,
    fc.record(
      {
        choices: fc.array(
          fc.record(
            { index: json, delta: fc.oneof(anyDelta, json), finish_reason: json },
            { requiredKeys: [] },
          ),
          { maxLength: 2 },
        ),
        usage: json,
      },
      { requiredKeys: [] },
    ),
  )
  fc.assert(
    fc.property(fc.array(anyChunk, { maxLength: 6 }), (chunks) => {
      let outcome: Outcome
      try {
        outcome = repaired(
          chunks.filter(
            (each) => typeof each === 'object' && each !== null && !Array.isArray(each),
          ) as JsonObject[],
        )
      } catch (error) {
        expect((error as Error).name).toBe('UpstreamError')
        return
      }
      expect(finishOf(outcome)).toHaveLength(1)
      for (const { chunk: each } of outcome.sent)
        expect(each).toMatchObject({
          object: 'chat.completion.chunk',
          choices: expect.any(Array) as unknown,
        })
    }),
    { numRuns: 500 },
  )
})

/** What was said, however it is cut. */
function cut(text: string): fc.Arbitrary<string[]> {
  return fc
    .array(fc.integer({ min: 1, max: 12 }), { minLength: text.length, maxLength: text.length })
    .map((lengths) => {
      const pieces: string[] = []
      for (let at = 0; at < text.length; at += lengths[pieces.length - 1]!)
        pieces.push(text.slice(at, at + lengths[pieces.length]!))
      return pieces
    })
}

function saidOf(text: string, asked = {}): void {
  fc.assert(
    fc.property(cut(text), (pieces) => {
      const chunks = [...pieces.map((content) => chunk({ content })), END]
      expect(textOf(repaired(chunks, { asked }))).toBe(text)
    }),
  )
}

test.each([
  'Well, if a < b and b > c then [see note] {curly} `code` is "fine".',
  'x <- 3; y << 2; List<String> a; i <3 you; a | b <| c |> d',
  'Hahaha, that is funny, hahaha!',
  'Really.... yes... "no"... maybe...? Wait...! What...?',
  '那个……好的，我知道了……好好的。',
  'Il-Ħadd li ġej: ċempel lil Ġorġ. 👨‍👩‍👧‍👦 👩🏽‍🚀 שלום (123) مرحبا.',
  'Here: ```json\n{"name": "Bob", "age": 3}\n``` Is that so?',
  'Error handling is simple. Exception made. Traceback to the start.',
])('what a model says is heard as it is, however it is cut: %s', (text) => {
  saidOf(text)
})

test.each([
  '{"error":null,"ok":true}',
  '{"error": "not found"}',
  '{}',
  '[]',
  '{"a":"wait...","b":"TypeError: x is no function"}',
  '{"name":"Ann","age":3}',
])('JSON that was asked for stays as it is, however it is cut: %s', (text) => {
  saidOf(text, { response_format: { type: 'json_object' } })
})

test.each([
  ['whose words begin as those before', ['1', ' 10', ' 100', ' 1000']],
  ['that repeats itself', ['ha', 'haha!']],
  ['that repeats itself once more', ['ha ', 'ha ha!']],
])('an answer %s is none that is sent again and again', (_, pieces) => {
  const chunks = [...pieces.map((content) => chunk({ content })), END]
  expect(textOf(repaired(chunks))).toBe(pieces.join(''))
})

test('an answer may tell of an error, token by token', () => {
  const pieces = ['The log says ', 'TypeError: x', ' is', ' none.']
  expect(textOf(repaired([...pieces.map((content) => chunk({ content })), END]))).toBe(
    pieces.join(''),
  )
})

test('a page of an error is no answer, though JSON was asked for', () => {
  const asked = { response_format: { type: 'json_object' } }
  expect(failure([chunk({ content: 'Internal Server Error' }), END], { asked }).fault).toBe(
    'failed',
  )
})
