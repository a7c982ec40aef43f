import { describe, expect, test } from 'vitest'
import { defaultModel } from '../../src/mocks/index.ts'
import {
  chatChunkSchema,
  type ChatCompletion,
  chatCompletionSchema,
  type ChatRequest,
  compileSchema,
  type JsonObject,
} from '../../src/protocol/index.ts'
import { encodeFrame, type Frame, type Reply } from '../../src/wire/index.ts'
import { readChunks } from '../support/chat.ts'

const SYSTEM_TOOLS = [
  'end_call',
  'language_detection',
  'transfer_to_agent',
  'transfer_to_number',
  'skip_turn',
  'voicemail_detection',
  'play_keypad_touch_tone',
]

function tool(
  name: string,
  properties: JsonObject = {},
  required: string[] = Object.keys(properties),
) {
  return {
    type: 'function',
    function: { name, parameters: { type: 'object', properties, required } },
  } as const
}
const REASON = { reason: { type: 'string' } }
const WEATHER = tool('get_weather', {
  city: { type: 'string' },
  unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
  days: { type: 'integer', minimum: 1, maximum: 3 },
})

function request(said: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'm',
    messages: [{ role: 'user', content: said }],
    stream: true,
    ...more,
  }
}

const model = defaultModel()
const isChunk = compileSchema(chatChunkSchema)
const isCompletion = compileSchema(chatCompletionSchema)

function chunksOf(reply: Reply): JsonObject[] {
  return reply.frames.flatMap((frame) =>
    frame.kind === 'event' && frame.data !== '[DONE]' ? [JSON.parse(frame.data) as JsonObject] : [],
  )
}
function bodyOf(reply: Reply): string {
  return reply.frames
    .map((frame) => String(encodeFrame(frame as Exclude<Frame, { kind: 'hang-up' }>)))
    .join('')
}
async function replyTo(said: string, more: Partial<ChatRequest> = {}) {
  const reply = await model(request(said, more))
  const chunks = chunksOf(reply)
  for (const chunk of chunks) expect(isChunk(chunk)).toEqual([])
  const { contradictions, choices, usage } = readChunks(chunks)
  expect(contradictions).toEqual([])
  return { ...choices[0]!, choices, usage, chunks }
}
const callsIn = async (said: string, more: Partial<ChatRequest> = {}) =>
  (await replyTo(said, more)).calls.map(({ name, arguments: args }) => ({
    name,
    args: JSON.parse(args),
  }))

describe('determinism', () => {
  test('the same seed and request give the same bytes, in any order', async () => {
    const requests = ['hello', 'tell me a story', 'goodbye'].map((said) => request(said))
    const forth = await Promise.all(requests.map((each) => model(each)))
    const other = defaultModel()
    const back = await Promise.all(requests.toReversed().map((each) => other(each)))
    expect(back.toReversed().map(bodyOf)).toEqual(forth.map(bodyOf))
  })

  test('another seed gives other ids', async () => {
    const [one, other] = await Promise.all([
      model(request('hello')),
      defaultModel({ seed: 1 })(request('hello')),
    ])
    expect(chunksOf(one)[0]!['id']).not.toBe(chunksOf(other)[0]!['id'])
  })

  test('the order of keys does not matter', async () => {
    const one = await model({ ...request('hello'), model: 'm' })
    const other = await model(
      Object.fromEntries(Object.entries(request('hello')).toReversed()) as ChatRequest,
    )
    expect(bodyOf(one)).toBe(bodyOf(other))
  })
})

describe('form', () => {
  test('a stream opens with the role, and ends with a reason and [DONE]', async () => {
    const reply = await model(request('hello'))
    const events = reply.frames.map((frame) => (frame.kind === 'event' ? frame.data : ''))
    expect(JSON.parse(events[0]!).choices[0].delta).toEqual({ role: 'assistant', content: '' })
    expect(JSON.parse(events.at(-2)!).choices[0]).toEqual({
      index: 0,
      delta: {},
      logprobs: null,
      finish_reason: 'stop',
    })
    expect(events.at(-1)).toBe('[DONE]')
    expect(new Set(chunksOf(reply).map(({ id }) => id)).size).toBe(1)
  })

  test('without stream, one completion says the same', async () => {
    const streamed = await replyTo('hello')
    const reply = await model(request('hello', { stream: false }))
    const completion = JSON.parse(bodyOf(reply)) as ChatCompletion
    expect(isCompletion(completion)).toEqual([])
    expect(completion.choices[0]!.message.content).toBe(streamed.text)
    expect(completion.id).toBe(streamed.chunks[0]!['id'])
    expect(completion.usage!.completion_tokens).toBeGreaterThan(3)
  })

  test('usage comes when it is asked for, in a chunk of its own', async () => {
    expect((await replyTo('hello')).usage).toBeUndefined()
    const { usage, chunks } = await replyTo('hello', { stream_options: { include_usage: true } })
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { total_tokens: expect.any(Number) },
    })
    expect(chunks.slice(0, -1).every((chunk) => chunk['usage'] === null)).toBe(true)
    expect(usage!['total_tokens']).toBe(
      (usage!['prompt_tokens'] as number) + (usage!['completion_tokens'] as number),
    )
  })

  test('functions and their calls cost what tools and theirs do', async () => {
    const promptTokens = async (more: Partial<ChatRequest>) =>
      (await replyTo('hello', { stream_options: { include_usage: true }, ...more })).usage![
        'prompt_tokens'
      ] as number
    const { function: named } = WEATHER
    const none = await promptTokens({})
    const tools = await promptTokens({ tools: [WEATHER] })
    const functions = await promptTokens({ functions: [named] })
    expect(functions).toBeGreaterThan(none + 30)
    expect(tools - functions).toBeLessThan(12)

    const called = { name: 'get_weather', arguments: '{"city":"Bern","unit":"celsius"}' }
    const after = (call: Partial<ChatRequest['messages'][number]>) =>
      promptTokens({
        messages: [
          { role: 'user', content: 'hello' },
          { role: 'assistant', content: null, ...call },
          { role: 'user', content: 'hello' },
        ],
      })
    expect(await after({ function_call: called })).toBeGreaterThan((await after({})) + 10)
  })

  test('n choices are interleaved, and each ends', async () => {
    const { choices, chunks } = await replyTo('hello', { n: 3 })
    expect(choices.map(({ index, finishReason }) => [index, finishReason])).toEqual([
      [0, 'stop'],
      [1, 'stop'],
      [2, 'stop'],
    ])
    expect(new Set(choices.map(({ text }) => text)).size).toBeGreaterThan(1)
    expect(
      chunks.slice(0, 3).map((chunk) => (chunk['choices'] as JsonObject[])[0]!['index']),
    ).toEqual([0, 1, 2])
  })
})

describe('limits', () => {
  test('max_tokens cuts the reply and says so', async () => {
    const {
      text: content,
      finishReason,
      usage,
    } = await replyTo('tell me a story', {
      max_tokens: 7,
      stream_options: { include_usage: true },
    })
    expect(finishReason).toBe('length')
    expect(content).not.toBe('')
    expect(usage).toMatchObject({ completion_tokens: 7 })
  })

  test('-1 is no limit', async () => {
    expect((await replyTo('tell me a story', { max_tokens: -1 })).finishReason).toBe('stop')
  })

  test('a cut never splits a character', async () => {
    for (let limit = 1; limit < 20; limit++) {
      const { text: content } = await replyTo('Repeat this: 👩‍🍳🍮咖啡很好喝naïve', {
        max_tokens: limit,
      })
      expect(content.isWellFormed()).toBe(true)
      expect(content).not.toContain('\uFFFD')
    }
  })

  test.each([
    ['a string', ' five'],
    ['a list', ['nine', ' five']],
  ])('stop, as %s, ends the reply before it', async (_, stop) => {
    const { text: content, finishReason } = await replyTo('Please count from one to nine.', {
      stop,
    })
    expect(content).toBe('one, two, three, four,')
    expect(finishReason).toBe('stop')
  })
})

describe('tools', () => {
  const offered = { tools: SYSTEM_TOOLS.map((name) => tool(name, REASON)) }

  test.each([
    ['Thank you, goodbye!', 'end_call'],
    ["No, that's all.", 'end_call'],
    ['I want to talk to a person, please.', 'transfer_to_number'],
    ['Put me through to the billing department.', 'transfer_to_agent'],
    ['Hola, ¿habla español?', 'language_detection'],
    ['Bonjour, parlez-vous français ?', 'language_detection'],
    ['Hold on a second.', 'skip_turn'],
    ['Please leave a message after the tone.', 'voicemail_detection'],
    ['For sales, press two.', 'play_keypad_touch_tone'],
    ["I don't want a robot, I want a human.", 'transfer_to_number'],
    ['Is there a person who can help me?', 'transfer_to_number'],
    ['Operator!', 'transfer_to_number'],
    ['Sales team, please.', 'transfer_to_agent'],
    ['You can hang up now.', 'end_call'],
    ['Nothing else, thanks.', 'end_call'],
  ])('%s calls %s', async (said, name) => {
    expect((await callsIn(said, offered)).map((call) => call.name)).toEqual([name])
  })

  test.each([
    'What time do you open?',
    'Is the dark roast back?',
    'Lovely weather today.',
    'I said goodbye to my sister yesterday.',
    'How do you say good bye in Welsh?',
    'Please don’t hang up.',
    'Why did you hang up on me?',
    "That's all right.",
    'Are you a real person?',
    'Is there a person called Ann?',
    'I need a table for one person.',
    'I spoke with the sales team last week.',
  ])('%s calls nothing', async (said) => {
    const { calls: toolCalls, text: content, finishReason } = await replyTo(said, offered)
    expect(toolCalls).toEqual([])
    expect(content).not.toBe('')
    expect(finishReason).toBe('stop')
  })

  test('what is not offered is not called', async () => {
    expect(await callsIn('Goodbye!', { tools: [tool('skip_turn')] })).toEqual([])
  })

  test('a call ends with tool_calls, and its id is new', async () => {
    const { finishReason, calls: toolCalls } = await replyTo('Goodbye!', offered)
    expect(finishReason).toBe('tool_calls')
    expect(toolCalls[0]!.id).toMatch(/^call_\w+$/)
  })

  test('tool_choice is obeyed', async () => {
    expect(await callsIn('Goodbye!', { ...offered, tool_choice: 'none' })).toEqual([])
    expect(await callsIn('Nice day.', { ...offered, tool_choice: 'required' })).toHaveLength(1)
    const named = { type: 'function', function: { name: 'skip_turn' } } as const
    expect(
      (await callsIn('Goodbye!', { ...offered, tool_choice: named })).map(({ name }) => name),
    ).toEqual(['skip_turn'])
  })

  test.each<[string, Partial<ChatRequest>, string]>([
    [
      'a function that is named',
      { ...offered, tool_choice: { type: 'function', function: { name: 'skip_turn' } } },
      'stop',
    ],
    [
      'a tool that is named, which takes text',
      {
        tools: [{ type: 'custom', custom: { name: 'note' } }],
        tool_choice: { type: 'custom', custom: { name: 'note' } },
      },
      'stop',
    ],
    [
      'a function that is named, before there were tools',
      { functions: [{ name: 'note' }], function_call: { name: 'note' } },
      'stop',
    ],
    ['any tool', { ...offered, tool_choice: 'required' }, 'tool_calls'],
    ['no tool in particular', offered, 'tool_calls'],
    ['no function in particular', { functions: [{ name: 'end_call' }] }, 'function_call'],
    [
      'one tool of those that are allowed',
      {
        ...offered,
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: {
            mode: 'required',
            tools: [{ type: 'function', function: { name: 'skip_turn' } }],
          },
        },
      },
      'tool_calls',
    ],
  ])('where the request wants %s, the call ends as with OpenAI', async (_, more, reason) => {
    const reply = await model(request('Goodbye!', { ...more, stream: false }))
    const [choice] = (JSON.parse(bodyOf(reply)) as ChatCompletion).choices
    expect(choice).toMatchObject({ finish_reason: reason, message: { content: null } })
    const streamed = readChunks(chunksOf(await model(request('Goodbye!', more))))
    expect(streamed.choices[0]!.finishReason).toBe(reason)
  })

  test('two things asked for are two calls, unless parallel calls are forbidden', async () => {
    const tools = [tool('lookup_order', { order_number: { type: 'string' } })]
    const said = 'Look up the orders A1042 and B2077.'
    expect((await callsIn(said, { tools })).map(({ args }) => args)).toEqual([
      { order_number: 'A1042' },
      { order_number: 'B2077' },
    ])
    expect(await callsIn(said, { tools, parallel_tool_calls: false })).toHaveLength(1)
  })

  const asking = (name: string, description?: string, properties: JsonObject = {}) => ({
    ...tool(name, properties),
    function: { ...tool(name, properties).function, ...(description && { description }) },
  })

  test.each<[string, string[], string[]]>([
    [
      "What's the weather like in San Francisco?",
      ['get_current_weather', 'get_time'],
      ['get_current_weather'],
    ],
    ['Search for a red bicycle.', ['search', 'list'], ['search']],
    ['Please list what you have.', ['query', 'list'], ['list']],
    ['Run this query for me.', ['query', 'search'], ['query']],
    ['Cancel my order.', ['lookup_order', 'cancel_order'], ['cancel_order']],
    [
      'Where are the parcels, and which deliveries are late?',
      ['track_parcel', 'count_late_delivery'],
      ['track_parcel', 'count_late_delivery'],
    ],
    ['Tell me about the current offer.', ['get_current_weather', 'get_latest_news'], []],
    [
      'Will the weather in Oslo be fine over the next days?',
      ['get_current_weather', 'get_n_day_weather_forecast'],
      ['get_n_day_weather_forecast'],
    ],
    ['Can I get a refund for my order?', ['lookup_order', 'refund_order'], ['refund_order']],
    ['Search for a flight.', ['search', 'search_flights'], ['search_flights']],
    ['Book a table.', ['get_booking', 'book_table'], ['book_table']],
    ['Book a flight and a hotel.', ['book_flight', 'book_hotel'], ['book_flight', 'book_hotel']],
    ['What is 4 * 11?', ['add', 'multiply'], ['multiply']],
    ['What is 4 divided by 2, and what is 4 + 1?', ['add', 'divide'], ['add', 'divide']],
    ['What is 7 multiplied by 3?', ['add', 'multiply'], ['multiply']],
    ['How much is 9 - 4?', ['calculator'], ['calculator']],
    ['The call is on 5/6, and my number is 555-1234.', ['divide', 'subtract'], []],
    ['Remind me to water the plants at noon.', ['set_reminder'], ['set_reminder']],
    ['Which movies are on?', ['list_movie'], ['list_movie']],
    ['No, do not check the weather.', ['get_weather'], []],
    ["You don't need to look up the order.", ['lookup_order'], []],
    ["Don't look up the weather, but read me the news.", ['get_weather', 'get_news'], ['get_news']],
    ["Don't forget to check the weather.", ['get_weather'], ['get_weather']],
    ["I don't know where my order is.", ['lookup_order'], ['lookup_order']],
    ["Why don't you check the weather?", ['get_weather'], ['get_weather']],
    ['What date is it today?', ['get_delivery_date'], []],
    ['What date is it today?', ['get_current_date'], ['get_current_date']],
  ])('%s, of %j, calls %j', async (said, names, expected) => {
    const called = await callsIn(said, { tools: names.map((name) => tool(name)) })
    expect(called.map(({ name }) => name)).toEqual(expected)
  })

  test('a tool of another name is known by its description and its parameters', async () => {
    const tools = [
      asking('fn_17', 'Reserve a table at a restaurant.', { guests: { type: 'integer' } }),
      asking('fn_18', 'Reserve a room in a hotel.'),
    ]
    const named = async (said: string) => (await callsIn(said, { tools })).map(({ name }) => name)
    expect(await named('I want to reserve a table.')).toEqual(['fn_17'])
    expect(await named('A hotel room, please.')).toEqual(['fn_18'])
    expect(await named('How many guests fit at one table?')).toEqual(['fn_17'])
    expect(await named('Is the table free?')).toEqual([])
  })

  test('arguments name the place and the words that the caller said', async () => {
    const weather = tool('get_current_weather', { location: { type: 'string' } })
    const search = tool('search', { query: { type: 'string' } })
    const place = async (said: string) => (await callsIn(said, { tools: [weather] }))[0]!.args
    expect(await place('What is the weather like in San Francisco?')).toEqual({
      location: 'San Francisco',
    })
    expect(await place('The weather for St. Louis, MO.')).toEqual({ location: 'St. Louis, MO' })
    expect(await callsIn('Search for bicycles', { tools: [search] })).toEqual([
      expect.objectContaining({ args: { query: 'Search for bicycles' } }),
    ])
  })

  describe('words of the caller go where they belong, else nowhere', () => {
    const text = { type: 'string' }
    const day = { type: 'string', format: 'date' }
    const flight = { origin: text, destination: text, date: day }
    const trip = { from: text, to: text, departureDate: day }
    const stay = { city: text, start_date: day, end_date: day }
    const place = { location: text }

    test.each<[string, JsonObject, readonly JsonObject[]]>([
      [
        'Find flights from Oslo to Cape Town on 2027-03-09.',
        flight,
        [{ origin: 'Oslo', destination: 'Cape Town', date: '2027-03-09' }],
      ],
      [
        'A trip from Oslo to Bern on 2027-03-09',
        trip,
        [{ from: 'Oslo', to: 'Bern', departureDate: '2027-03-09' }],
      ],
      [
        'A room in Bern from 2027-03-09 to 2027-03-12, please',
        stay,
        [{ city: 'Bern', start_date: '2027-03-09', end_date: '2027-03-12' }],
      ],
      [
        'A taxi from Oslo to Bern',
        { fromCity: text, pickup_location: text, toCity: text },
        [{ fromCity: 'Oslo', pickup_location: 'Oslo', toCity: 'Bern' }],
      ],
      ["I'm in Bern. What is it like?", place, [{ location: 'Bern' }]],
      ['In Bern, will it rain tomorrow?', place, [{ location: 'Bern' }]],
      ['How will it be in March in Rio de Janeiro?', place, [{ location: 'Rio de Janeiro' }]],
      ['Rain in Perth, Scotland?', place, [{ location: 'Perth, Scotland' }]],
      ['Rain in Bern, Ulm?', place, [{ location: 'Bern' }]],
      ['Rain in Bern at Easter for Bob?', place, [{ location: 'Bern' }]],
      ['Rain in Bern and I am out.', place, [{ location: 'Bern' }]],
      ['A hotel in Norway', { country: text }, [{ country: 'Norway' }]],
      ['From 2027-03-09, with the id 998', { order_id: text }, [{ order_id: '998' }]],
      ['Look 12345 up', { order_id: { type: 'integer' } }, [{ order_id: 12_345 }]],
      [
        'Write to bob@example.org.',
        { to: { type: 'string', format: 'email' } },
        [{ to: 'bob@example.org' }],
      ],
    ])('%s', async (said, properties, expected) => {
      const calls = await callsIn(said, {
        tools: [tool('act', properties)],
        tool_choice: 'required',
      })
      expect(calls.map(({ args }) => args)).toEqual(expected)
    })

    test('each place of a list, and each thing, is a call', async () => {
      const rain = { tools: [tool('get_rain', place)] }
      const called = async (said: string, more: Partial<ChatRequest>) =>
        (await callsIn(said, more)).map(({ args }) => Object.values(args)[0])
      expect(await called('Rain in Bern, Ulm, and New York?', rain)).toEqual([
        'Bern',
        'Ulm',
        'New York',
      ])
      expect(await called('Rain in Bern and in Ulm?', rain)).toEqual(['Bern', 'Ulm'])
      expect(await called('Rain in Bern at Easter?', rain)).toEqual(['Bern'])
      const orders = { tools: [tool('get_order', { order_id: text })] }
      expect(await called('Where are order AB-12 and order CD-3?', orders)).toEqual([
        'AB-12',
        'CD-3',
      ])
    })

    test('a long speech leaves room for many members', async () => {
      const dates = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`date_${i}`, day]))
      const calls = await callsIn(`On 2027-03-09, ${'so '.repeat(1_300)}`, {
        tools: [tool('act', dates)],
        tool_choice: 'required',
      })
      expect(new Set(Object.values(calls[0]!.args))).toEqual(new Set(['2027-03-09']))
    })

    test.each<[string, JsonObject]>([
      ['A flight from Oslo', { destination: text }],
      ['A flight from Oslo', { capacity: text }],
      ['A hotel in Bern', { country: text }],
      ['Rain tomorrow, in July, in Fahrenheit?', place],
      ['From Oslo to Bern on 2027-03-09', { original_text: text }],
    ])('%s says nothing about %j', async (said, properties) => {
      const [call] = await callsIn(said, {
        tools: [tool('act', properties)],
        tool_choice: 'required',
      })
      expect(JSON.stringify(call!.args)).not.toMatch(/Oslo|Bern|July|Fahrenheit|2027/)
    })
  })

  test('a result is spoken, and the call not repeated', async () => {
    const { text: content, calls: toolCalls } = await replyTo('', {
      tools: [WEATHER],
      messages: [
        { role: 'user', content: 'What is the weather?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c', type: 'function', function: { name: 'get_weather', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c', content: '{"sky": "cloudless", "wind": null}' },
      ],
    })
    expect(toolCalls).toEqual([])
    expect(content).toContain('cloudless')
  })

  test('arguments satisfy the schema, and prefer what the caller said', async () => {
    const [call] = await callsIn('What is the weather in fahrenheit?', { tools: [WEATHER] })
    expect(compileSchema(WEATHER.function.parameters)(call!.args)).toEqual([])
    expect(call!.args.unit).toBe('fahrenheit')
  })
})

describe('response_format', () => {
  test('json_object answers with JSON', async () => {
    const { text: content } = await replyTo('hello', { response_format: { type: 'json_object' } })
    expect(JSON.parse(content)).toEqual({ answer: expect.any(String) })
  })

  test('json_schema answers with JSON of that schema', async () => {
    const schema = WEATHER.function.parameters
    const { text: content } = await replyTo('hello', {
      response_format: { type: 'json_schema', json_schema: { name: 'weather', schema } },
    })
    expect(compileSchema(schema)(JSON.parse(content))).toEqual([])
  })
})

describe('a schema that cannot be satisfied is refused, its keyword named', () => {
  const endless = {
    type: 'object',
    properties: { next: { $ref: '#' } },
    required: ['next'],
  } as const satisfies JsonObject

  test.each<[string, Partial<ChatRequest>, string]>([
    [
      'of the response',
      {
        response_format: { type: 'json_schema', json_schema: { name: 'list', schema: endless } },
      },
      'response_format.json_schema.schema.properties.next.$ref',
    ],
    [
      'of a tool',
      { tools: [tool('get_weather', endless.properties)], tool_choice: 'required' },
      'tools[0].function.parameters.properties.next.$ref',
    ],
    [
      'of a tool, which is of no object',
      {
        tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'array' } } }],
        tool_choice: 'required',
      },
      'tools[0].function.parameters',
    ],
  ])('%s', async (_, more, param) => {
    const reply = await model(request('hello', more))
    expect(reply.status).toBe(400)
    const body = reply.frames
      .map((frame) => String(encodeFrame(frame as Exclude<Frame, { kind: 'hang-up' }>)))
      .join('')
    expect(JSON.parse(body)).toEqual({
      error: {
        message: expect.stringContaining(`"${param}"`),
        type: 'invalid_request_error',
        param,
        code: param.startsWith('tools') ? 'invalid_function_parameters' : null,
      },
    })
  })
})

describe('words', () => {
  test.each([
    ['...', 'Are you still there'],
    ['1042#', 'one zero four two pound'],
    ['Repeat after me: crème brûlée', 'crème brûlée'],
  ])('%s', async (said, words) => {
    expect((await replyTo(said)).text).toContain(words)
  })

  test('an opening without a caller is a greeting', async () => {
    const { text: content } = await replyTo('', {
      messages: [{ role: 'system', content: 'You are Ava.' }],
    })
    expect(content).toContain('Hello')
  })

  test('what was said before is remembered', async () => {
    const { text: content } = await replyTo('', {
      messages: [
        { role: 'user', content: 'The code word is heron.' },
        { role: 'assistant', content: 'Noted.' },
        { role: 'user', content: 'What is the code word?' },
      ],
    })
    expect(content).toContain('heron')
  })

  test('can be read aloud: no markup, digits, addresses or emoji', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const reply = await defaultModel({ seed })(
        request(seed % 2 ? 'Do you have it?' : 'A story, please'),
      )
      const { text: content } = readChunks(chunksOf(reply)).choices[0]!
      expect(content).not.toMatch(/[*_#`<>[\]{}|\\~^]|\d|https?:|\p{Extended_Pictographic}/u)
    }
  })
})
