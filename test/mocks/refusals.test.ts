import { describe, expect, test } from 'vitest'
import type OpenAI from 'openai'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check } from '../../src/conformance/index.ts'
import { type ChatRequest, mockFetch, type MockLlmOptions } from '../../src/mocks/index.ts'
import { OPENAI_MEMBERS, RESPONSES_MEMBERS } from '../../src/protocol/index.ts'
import { offering, post, saying } from '../support/chat.ts'
import { EACH_FRONT } from '../support/fronts.ts'
import { referenceServer } from '../support/reference-server.ts'

type Message = ChatRequest['messages'][number]

const USER: Message = { role: 'user', content: 'Where is my order?' }
const EMPTY_ARRAY =
  'empty array. Expected an array with minimum length 1, but got an empty array instead.'

function calling(...ids: string[]): Message {
  const called = { name: 'lookup_order', arguments: '{}' }
  return {
    role: 'assistant',
    content: null,
    tool_calls: ids.map((id) => ({ id, type: 'function', function: called })),
  }
}

function result(id?: string | null): Message {
  return { role: 'tool', content: 'Heron', ...(id !== undefined && { tool_call_id: id }) }
}

async function refusalOf(request: object, options: MockLlmOptions = {}): Promise<unknown> {
  const response = await post(mockFetch(options), request as ChatRequest)
  if (response.status === 200) return undefined
  expect(response.status).toBe(400)
  const { error } = (await response.json()) as { error: { type: string } }
  const { type, ...rest } = error
  expect(type).toBe('invalid_request_error')
  return rest
}

const after = (...messages: Message[]) => ({ ...saying(''), messages })

describe('calls of tools and their results', () => {
  test.each<[string, Message[]]>([
    ['each is answered', [USER, calling('a', 'b'), result('b'), result('a'), USER]],
    ['the history ends with a result', [USER, calling('a'), result('a')]],
    [
      'an id is used again, for another turn',
      [USER, calling('a'), result('a'), calling('a'), result('a'), USER],
    ],
    ['there are none', [USER, { role: 'assistant', content: 'Yes?', tool_calls: null }, USER]],
  ])('%s: accepted', async (_, messages) => {
    expect(await refusalOf(after(...messages))).toBeUndefined()
    expect(await refusalOf(after(...messages), { as: 'openai' })).toBeUndefined()
  })

  const NO_ID =
    "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'."
  const NO_CALLS =
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
  const NOT_ANSWERED =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages:"

  test.each<[string, Message[], string, string]>([
    ['a result without an id', [USER, calling('a'), result()], NO_ID, 'messages.[2].tool_call_id'],
    ['one of null', [USER, calling('a'), result(null)], NO_ID, 'messages.[2].tool_call_id'],
    ['a result of no call', [USER, result('a')], NO_CALLS, 'messages.[1].role'],
    [
      'a result that comes too late',
      [USER, calling('a'), result('a'), USER, result('a')],
      NO_CALLS,
      'messages.[4].role',
    ],
    [
      'a result of another call',
      [USER, calling('a'), result('b')],
      "Invalid parameter: 'tool_call_id' of 'b' not found in 'tool_calls' of previous message.",
      'messages.[2].tool_call_id',
    ],
    [
      'a call of an earlier turn',
      [USER, calling('a'), result('a'), calling('b'), result('a')],
      "Invalid parameter: 'tool_call_id' of 'a' not found in 'tool_calls' of previous message.",
      'messages.[4].tool_call_id',
    ],
    [
      'two results of a call',
      [USER, calling('a', 'b'), result('a'), result('a')],
      "Invalid parameter: Duplicate value for 'tool_call_id' of 'a', in messages[2] and messages[3].",
      'messages.[3].tool_call_id',
    ],
    [
      'an unanswered call',
      [USER, calling('a', 'b', 'c'), result('b'), USER],
      `${NOT_ANSWERED} a, c`,
      'messages.[3].role',
    ],
    [
      'calls in a row',
      [USER, calling('a'), calling('b'), result('a'), result('b')],
      `${NOT_ANSWERED} a`,
      'messages.[2].role',
    ],
    ['a call at the end', [USER, calling('a')], `${NOT_ANSWERED} a`, 'messages'],
  ])('%s: refused', async (_, messages, message, param) => {
    expect(await refusalOf(after(...messages))).toEqual({ message, param, code: null })
  })

  test('what is long, or many, is not repeated as a whole', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => `${i}${'x'.repeat(1_000)}`)
    const refusal = await refusalOf(after(USER, calling(...ids)))
    expect(JSON.stringify(refusal).length).toBeLessThan(2_000)
    expect(refusal).toMatchObject({ message: expect.stringContaining('and 80 more') })
  })

  test.each(EACH_FRONT)('refused by %s', async (_, start) => {
    const { fetch, baseURL } = await start({})
    const response = await post(fetch, after(USER, result('a')), {}, `${baseURL}/chat/completions`)
    expect(response.status).toBe(400)
  })
})

describe('limits that allow nothing', () => {
  const tooFew = (param: string, tokens: number) => ({
    message: `Invalid '${param}': integer below minimum value. Expected a value >= 1, but got ${tokens} instead.`,
    param,
    code: 'integer_below_min_value',
  })

  test.each(['max_tokens', 'max_completion_tokens'])('%s', async (param) => {
    const limited = (tokens: number | null) => saying('Hello?', { [param]: tokens })
    expect(await refusalOf(limited(0))).toEqual(tooFew(param, 0))
    expect(await refusalOf(limited(-2))).toEqual(tooFew(param, -2))
    for (const tokens of [-1, 1, null]) expect(await refusalOf(limited(tokens))).toBeUndefined()
  })

  test('an array of no calls', async () => {
    const param = 'messages[1].tool_calls'
    expect(
      await refusalOf(after(USER, { role: 'assistant', content: 'Yes?', tool_calls: [] })),
    ).toEqual({ message: `Invalid '${param}': ${EMPTY_ARRAY}`, param, code: 'empty_array' })
  })
})

const FN = { type: 'function', function: { name: 'f' } }
const allowing = (mode: string, ...tools: object[]) => ({
  tools: [FN],
  tool_choice: { type: 'allowed_tools', allowed_tools: { mode, tools } },
})

const STRING = { type: 'string' }
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const taking = (parameters: object, more: object = {}) => ({
  tools: [FN, { type: 'function', function: { name: 'f', parameters, ...more } }],
})
const strictly = (parameters: object) => taking(parameters, { strict: true })
const formatted = (json_schema: object) => ({
  response_format: { type: 'json_schema', json_schema },
})

describe('choices that cannot be met', () => {
  test.each<[string, object, string]>([
    ['one of no tools', allowing('required'), 'tool_choice.allowed_tools.tools'],
    [
      'one of tools in the form of another API',
      allowing('required', { type: 'function', name: 'f' }),
      'tool_choice.allowed_tools.tools[0].function',
    ],
    [
      'a function, named as a tool that takes text',
      { tools: [FN], tool_choice: { type: 'custom', custom: { name: 'f' } } },
      'tool_choice',
    ],
    [
      'a function, allowed as a tool that takes text',
      allowing('auto', { type: 'custom', custom: { name: 'f' } }),
      'tool_choice',
    ],
    [
      'a tool, named as a function of old',
      { tools: [FN], function_call: { name: 'f' } },
      'function_call',
    ],
  ])('%s', async (_, rest, param) => {
    expect(await refusalOf({ ...saying('Hello?'), ...rest })).toMatchObject({ param })
  })

  test.each<[string, object]>([
    ['none of no tools', allowing('auto')],
    ['one that is offered', allowing('required', FN)],
    [
      'one whose choice bears another name, too',
      { tools: [FN], tool_choice: { ...FN, name: 'g' } },
    ],
  ])('%s: accepted', async (_, rest) => {
    expect(await refusalOf({ ...saying('Hello?'), ...rest })).toBeUndefined()
  })
})

describe('what is malformed is told by its place', () => {
  const missing = (param: string) => ({
    message: `Missing required parameter: '${param}'.`,
    param,
    code: 'missing_required_parameter',
  })
  const inMessage = (content: unknown) => ({ messages: [{ role: 'user', content }] })

  test.each<[string, object, object]>([
    ['a part without a type', inMessage([{ text: 'hi' }]), missing('messages[0].content[0].type')],
    [
      'content that is none',
      inMessage(5),
      { message: '"/messages/0/content" must be string,array,null.', param: 'messages[0].content' },
    ],
    ['a message without a role', { messages: [{ content: 'hi' }] }, missing('messages[0].role')],
    ['no messages', { messages: undefined }, missing('messages')],
    [
      'an empty array of messages',
      { messages: [] },
      { message: `Invalid 'messages': ${EMPTY_ARRAY}`, param: 'messages', code: 'empty_array' },
    ],
    ['a stop that is no text', { stop: [5] }, { param: 'stop[0]' }],
    [
      'a choice in the form of another API',
      { tools: [FN], tool_choice: { type: 'function', name: 'f' } },
      missing('tool_choice.function'),
    ],
    [
      'tools that are allowed, in the form of another API',
      { tools: [FN], tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [FN] } },
      missing('tool_choice.allowed_tools'),
    ],
    [
      'a choice that is none',
      { tools: [FN], tool_choice: 'any' },
      {
        message:
          '"/tool_choice" must be equal to one of the allowed values: ["none","auto","required",null].',
        param: 'tool_choice',
      },
    ],
    [
      'a function without a name',
      { functions: [{ name: 'f' }], function_call: {} },
      missing('function_call.name'),
    ],
    [
      'a format without its schema',
      { response_format: { type: 'json_schema' } },
      missing('response_format.json_schema'),
    ],
  ])('%s', async (_, rest, refusal) => {
    expect(await refusalOf({ ...saying('Hello?'), ...rest })).toMatchObject(refusal)
  })
})

describe('as OpenAI', () => {
  test.each<[string, object, object]>([
    [
      'a member of a platform',
      { elevenlabs_extra_body: { call: '1' } },
      {
        message: 'Unrecognized request argument supplied: elevenlabs_extra_body',
        param: null,
        code: null,
      },
    ],
    [
      'several, of any value',
      { user_id: 'u', call: null },
      {
        message: 'Unrecognized request arguments supplied: user_id, call',
        param: null,
        code: null,
      },
    ],
    ['no limit', { max_tokens: -1 }, { param: 'max_tokens', code: 'integer_below_min_value' }],
    [
      'an empty array of tools',
      { tools: [] },
      { message: `Invalid 'tools': ${EMPTY_ARRAY}`, param: 'tools', code: 'empty_array' },
    ],
    [
      'a choice without tools',
      { tool_choice: 'auto' },
      {
        message:
          "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
        param: 'tool_choice',
        code: null,
      },
    ],
    [
      'parallel calls without tools',
      { parallel_tool_calls: true },
      { param: 'parallel_tool_calls' },
    ],
    [
      'options of a stream without one',
      { stream: false, stream_options: { include_usage: true } },
      {
        message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
        param: 'stream_options',
        code: null,
      },
    ],
    [
      'a user who says null',
      { messages: [USER, { role: 'user', content: null }] },
      {
        message: "Invalid value for 'content': expected a string, got null.",
        param: 'messages.[1].content',
        code: null,
      },
    ],
    [
      'an assistant who says and calls nothing',
      { messages: [USER, { role: 'assistant' }] },
      { param: 'messages.[1].content' },
    ],
    [
      'a name of a tool',
      offering('fine', 'look up'),
      { param: 'tools[1].function.name', code: 'invalid_value' },
    ],
    [
      'a long name',
      offering('x'.repeat(65)),
      { param: 'tools[0].function.name', code: 'string_above_max_length' },
    ],
    [
      'two limits',
      { max_tokens: 9, max_completion_tokens: 9 },
      { param: 'max_tokens', code: 'invalid_parameter_combination' },
    ],
    [
      'a penalty above the highest',
      { presence_penalty: 2.5 },
      {
        message:
          "Invalid 'presence_penalty': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.",
        param: 'presence_penalty',
        code: 'decimal_above_max_value',
      },
    ],
    [
      'a penalty below the lowest',
      { frequency_penalty: -3 },
      { param: 'frequency_penalty', code: 'decimal_below_min_value' },
    ],
    ['probabilities of others without its own', { top_logprobs: 2 }, { param: 'top_logprobs' }],
    [
      'JSON that nobody speaks of',
      { response_format: { type: 'json_object' } },
      {
        message:
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        param: 'messages',
        code: null,
      },
    ],
    [
      'a name of a function',
      { functions: [{ name: 'look up' }] },
      { param: 'functions[0].name', code: 'invalid_value' },
    ],
    ['functions that are none', { functions: [] }, { param: 'functions', code: 'empty_array' }],
    [
      'a choice without functions',
      { function_call: 'auto' },
      {
        message:
          "Invalid value for 'function_call': 'function_call' is only allowed when 'functions' are specified.",
        param: 'function_call',
        code: null,
      },
    ],
    [
      'a name of a format',
      formatted({ name: 'my format', schema: {} }),
      { param: 'response_format.json_schema.name', code: 'invalid_value' },
    ],
    [
      'a name of a speaker',
      { messages: [{ ...USER, name: 'Ann Lee' }] },
      { param: 'messages[0].name', code: 'invalid_value' },
    ],
    [
      'a part of another API',
      { messages: [{ role: 'user', content: [{ type: 'input_text', text: 'Hello?' }] }] },
      {
        message:
          "Invalid value: 'input_text'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.",
        param: 'messages[0].content[0].type',
        code: 'invalid_value',
      },
    ],
    ['many stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, { code: 'array_above_max_length' }],
    [
      'many tools',
      offering(...Array.from({ length: 129 }, (_, i) => `t${i}`)),
      { code: 'array_above_max_length' },
    ],
  ])('%s is refused', async (_, rest, refusal) => {
    const request = { ...saying('Hello?'), ...rest }
    expect(await refusalOf(request)).toBeUndefined()
    expect(await refusalOf(request, { as: 'openai' })).toMatchObject(refusal)
  })

  test.each<[string, object]>([
    ['null', { max_tokens: null, tool_choice: null, stream_options: null, user: null }],
    ['a refusal', { messages: [USER, { role: 'assistant', refusal: 'No.' }, USER] }],
    ['a penalty at the bound', { presence_penalty: -2, frequency_penalty: 2 }],
    [
      'JSON that somebody speaks of',
      {
        messages: [{ role: 'system', content: 'Answer in JSON.' }, USER],
        response_format: { type: 'json_object' },
      },
    ],
    ['a legacy call', { messages: [USER, { role: 'assistant', function_call: {} }, USER] }],
    ['a name', { messages: [{ ...USER, name: 'Ann-Lee.1' }] }],
    ['a tool of no parameters', { tools: [FN] }],
    ['a tool of any parameters', taking({})],
    ['optional members and open objects', taking(object({ a: object({ b: STRING }, []) }, []))],
    [
      'a strict tool',
      { ...strictly(object({ a: STRING, b: { type: ['array', 'null'], items: STRING } })) },
    ],
    ['a strict format', formatted({ name: 'f', strict: true, schema: object({ a: STRING }) })],
    ['a format that is not strict', formatted({ name: 'f', schema: { type: 'array' } })],
    ['two tools of one name', { tools: [FN, FN] }],
  ])('%s is accepted', async (_, rest) => {
    expect(await refusalOf({ ...saying('Hello?'), ...rest }, { as: 'openai' })).toBeUndefined()
  })

  const BROKEN = { type: 'object', properties: { a: { type: 'foo' } } }
  const OPEN = { type: 'object', properties: { a: STRING }, required: ['a'] }

  test.each<[string, object, string]>([
    [
      'no type',
      taking({ properties: {} }),
      `schema must be a JSON Schema of 'type: "object"', got 'type: "None"'`,
    ],
    [
      'another type',
      taking({ type: 'array', items: {} }),
      `schema must be a JSON Schema of 'type: "object"', got 'type: "array"'`,
    ],
    [
      'no properties',
      taking({ type: 'object' }),
      'In context=(), object schema missing properties',
    ],
    [
      'an array without items',
      taking(object({ a: { anyOf: [STRING, { type: 'array' }] } })),
      "In context=('properties', 'a', 'anyOf', '1'), array schema missing items",
    ],
    [
      'an array, among others, without items',
      taking(object({ a: { type: ['string', 'array'] } })),
      "In context=('properties', 'a', 'type', '1'), array schema missing items",
    ],
    ['a type that there is not', taking(BROKEN), '/properties/a/type must be equal to one of'],
    [
      'items of an older draft',
      taking(object({ a: { type: 'array', items: [STRING] } })),
      '/properties/a/items must be',
    ],
    [
      'members that are not required, where it is strict',
      strictly(object({ a: STRING, b: STRING }, ['a'])),
      "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'",
    ],
    [
      'an open object, where it is strict',
      strictly(object({ a: { type: 'array', items: OPEN } })),
      "In context=('properties', 'a', 'items'), 'additionalProperties' is required to be supplied and to be false",
    ],
  ])('a tool whose schema has %s is refused, called or not', async (_, given, fault) => {
    const request = { ...saying('Hello?'), ...given }
    expect(await refusalOf(request)).toBeUndefined()
    for (let times = 0; times < 2; times++) {
      expect(await refusalOf(request, { as: 'openai' })).toEqual({
        message: expect.stringContaining(`Invalid schema for function 'f': ${fault}`),
        param: 'tools[1].function.parameters',
        code: 'invalid_function_parameters',
      })
    }
  })

  test.each<[string, object, string]>([
    ['an array', { type: 'array', items: STRING }, 'schema must be'],
    ['an open object', OPEN, "In context=(), 'additionalProperties'"],
    [
      'an open definition',
      { ...object({ a: { $ref: '#/$defs/b' } }), $defs: { b: OPEN } },
      "In context=('$defs', 'b'), 'additionalProperties'",
    ],
  ])('a strict format of %s is refused', async (_, schema, fault) => {
    const request = { ...saying('Hello?'), ...formatted({ name: 'f', strict: true, schema }) }
    expect(await refusalOf(request)).toBeUndefined()
    expect(await refusalOf(request, { as: 'openai' })).toEqual({
      message: expect.stringContaining(`Invalid schema for response_format 'f': ${fault}`),
      param: 'response_format',
      code: null,
    })
  })

  test('schemas that would take long are not looked at', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`a${i}`, STRING]))
    const request = { ...saying('Hello?'), ...strictly(object(many, [])) }
    expect(await refusalOf(request, { as: 'openai' })).toBeUndefined()
  })

  test('every member that the official client may send is accepted', async () => {
    type Member = keyof OpenAI.ChatCompletionCreateParams
    OPENAI_MEMBERS satisfies readonly Member[]
    const none: Exclude<Member, (typeof OPENAI_MEMBERS)[number]>[] = []
    expect(none).toEqual([])
    const nulls = Object.fromEntries(OPENAI_MEMBERS.map((name) => [name, null]))
    expect(await refusalOf({ ...nulls, ...saying('Hello?') }, { as: 'openai' })).toBeUndefined()
  })

  test('it passes every check for clients of OpenAI', async () => {
    const url = await referenceServer({ as: 'openai' })
    const { summary, verdict } = await check({ url, profile: 'openai', limits: UNHURRIED })
    expect({ summary, verdict }).toMatchObject({ verdict: 'pass', summary: { errors: 0 } })
  })
})

describe('requests of the Responses API', () => {
  const PLAIN = { model: 'm', input: 'Hello?' }
  const TOOL = { type: 'function', name: 'f', parameters: null, strict: null }

  async function refused(request: object, options: MockLlmOptions = {}): Promise<unknown> {
    const url = 'https://mock.test/v1/responses'
    const response = await post(mockFetch(options), request as ChatRequest, {}, url)
    if (response.status === 200) return undefined
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: Record<string, unknown> }
    return { code: error['code'], param: error['param'], message: error['message'] }
  }

  test.each([
    ['another limit', { max_output_tokens: 0 }, 'max_output_tokens', '>= 1, but got 0 instead'],
    ['a member of chat completions', { max_tokens: 9 }, 'max_tokens', "'max_output_tokens'"],
    [
      'a result without its call',
      { input: [{ type: 'function_call_output', call_id: 'c', output: '' }] },
      'input',
      'call_id c.',
    ],
  ])('%s is refused', async (_, rest, param, message) => {
    expect(await refused({ ...PLAIN, ...rest })).toMatchObject({
      param,
      message: expect.stringContaining(message) as string,
    })
  })

  const said = (role: string, type: string) => ({
    input: [{ role, content: [{ type, text: 'Hello?' }] }],
  })

  test.each([
    [
      'what platforms send along',
      { elevenlabs_extra_body: {} },
      'elevenlabs_extra_body',
      'Unknown',
    ],
    ['no limit', { max_output_tokens: -1 }, 'max_output_tokens', '>= 16, but got -1'],
    ['a low limit', { max_output_tokens: 15 }, 'max_output_tokens', '>= 16, but got 15'],
    [
      'a tool of chat completions',
      { tools: [TOOL, { type: 'function', function: { name: 'f' } }] },
      'tools[1].name',
      "parameter: 'tools[1].name'.",
    ],
    ['text that was asked', said('user', 'text'), 'input[0].content[0]', "Invalid value: 'text'."],
    [
      'input that was answered',
      said('assistant', 'input_text'),
      'input[0].content[0]',
      "Supported values are: 'output_text' and 'refusal'.",
    ],
  ])('%s is refused in place of OpenAI alone', async (_, rest, param, message) => {
    expect(await refused({ ...PLAIN, ...rest })).toBeUndefined()
    expect(await refused({ ...PLAIN, ...rest }, { as: 'openai' })).toMatchObject({
      param,
      message: expect.stringContaining(message) as string,
    })
  })

  test('every member that the official client may send is accepted', async () => {
    type Member = keyof OpenAI.Responses.ResponseCreateParams
    RESPONSES_MEMBERS satisfies readonly Member[]
    const none: Exclude<Member, (typeof RESPONSES_MEMBERS)[number]>[] = []
    expect(none).toEqual([])
    const nulls = Object.fromEntries(RESPONSES_MEMBERS.map((name) => [name, null]))
    expect(await refused({ ...nulls, ...PLAIN }, { as: 'openai' })).toBeUndefined()
  })
})
