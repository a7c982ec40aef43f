import { describe, expect, test } from 'vitest'
import { type JsonObject, responses } from '../../../src/protocol/index.ts'

const DEFINED = {
  name: 'look_up',
  description: 'Looks it up.',
  parameters: { type: 'object', properties: {} },
}
const TOOL = { type: 'function', ...DEFINED }

/** In the words of chat completions, and as this API puts it. */
const SAME: readonly (readonly [what: string, chat: JsonObject, own: JsonObject])[] = [
  [
    'a system prompt',
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    },
    { instructions: 'Be brief.', input: [{ role: 'user', content: 'Hi' }] },
  ],
  [
    'a call and its result',
    {
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'found' },
      ],
    },
    {
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: 'call_1', name: 'look_up', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'found' },
      ],
    },
  ],
  [
    'parts of content',
    {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
      ],
    },
    {
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
      ],
    },
  ],
  [
    'tools, and the choice of one',
    {
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ type: 'function', function: DEFINED }],
      tool_choice: { type: 'function', function: { name: 'look_up' } },
    },
    {
      input: [{ role: 'user', content: 'Hi' }],
      tools: [TOOL],
      tool_choice: { type: 'function', name: 'look_up' },
    },
  ],
  [
    'limits and forms',
    {
      messages: [{ role: 'user', content: 'Hi' }],
      max_completion_tokens: 20,
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: {} } },
      elevenlabs_extra_body: { caller: 1 },
    },
    {
      input: [{ role: 'user', content: 'Hi' }],
      max_output_tokens: 20,
      reasoning: { effort: 'low' },
      text: { format: { type: 'json_schema', name: 'n', schema: {} } },
      elevenlabs_extra_body: { caller: 1 },
    },
  ],
]

const plain = (json: unknown): unknown => JSON.parse(JSON.stringify(json))

describe.each(SAME)('%s', (_, inChat, own) => {
  test('is written', () => {
    expect(plain(responses.makeRequest(plain(inChat) as JsonObject))).toEqual(own)
  })

  test('is read', () => {
    expect(plain(responses.inChatWords(own))).toEqual(plain(inChat))
  })
})

test('what this API has not is left out', () => {
  const chat = { messages: [], stop: ['x'], n: 2, seed: 1, stream_options: {}, max_tokens: -1 }
  expect(responses.makeRequest(chat)).toEqual({ input: [], max_output_tokens: -1 })
})

function refusalOf(body: JsonObject | string) {
  const read = responses.readRequest(typeof body === 'string' ? body : JSON.stringify(body))
  return 'error' in read ? read.error : undefined
}

test.each([
  ['a string', { model: 'm', input: 'Hi' }],
  ['items without a type', { model: 'm', input: [{ role: 'user', content: 'Hi' }] }],
  [
    'a message with an id',
    { model: 'm', input: [{ type: 'message', id: 'm', role: 'user', content: 'Hi' }] },
  ],
  [
    'reasoning of before',
    {
      model: 'm',
      input: [
        { type: 'reasoning', id: 'rs', summary: [] },
        { role: 'user', content: 'Hi' },
      ],
    },
  ],
  ['tools with strict null', { model: 'm', input: 'Hi', tools: [{ ...TOOL, strict: null }] }],
  ['tools that others carry out', { model: 'm', input: 'Hi', tools: [{ type: 'web_search' }] }],
  ['instructions alone', { model: 'm', instructions: 'Greet.' }],
  ['no limit', { model: 'm', input: 'Hi', max_output_tokens: -1 }],
])('%s is taken', (_, body) => {
  expect(refusalOf(body)).toBeUndefined()
})

test.each([
  ['no JSON', 'Hi', /not valid JSON/],
  ['nothing', { model: 'm' }, /'input'/],
  ['a chat request', { model: 'm', messages: [] }, /'messages'.*moved to 'input'/],
  [
    'a result of no call',
    { model: 'm', input: [{ type: 'function_call_output', call_id: 'x', output: '' }] },
    /No tool call found.*x/,
  ],
  [
    'a call without a result',
    { model: 'm', input: [{ type: 'function_call', call_id: 'x', name: 'n', arguments: '{}' }] },
    /No tool output found.*x/,
  ],
  [
    'an unknown response',
    { model: 'm', input: 'Hi', previous_response_id: 'resp_0' },
    /'resp_0' not found/,
  ],
  [
    'a tool that is not offered',
    { model: 'm', input: 'Hi', tool_choice: { type: 'function', name: 'n' } },
    /"n"/,
  ],
  [
    'a tool without a name',
    { model: 'm', input: 'Hi', tools: [TOOL, { type: 'function', parameters: {} }] },
    /'tools\[1\]\.name'/,
  ],
  [
    'reasoning alone',
    { model: 'm', input: [{ type: 'reasoning', id: 'rs', summary: [] }, { type: 'zzz' }] },
    /"input" holds nothing that can be answered, only 'reasoning', 'zzz'/,
  ],
  ['a conversation that is none', { model: 'm', input: 'Hi', conversation: 1 }, /conversation/],
  ['what is no list of names', { model: 'm', input: 'Hi', include: 'usage' }, /include/],
  ['what is no object', { model: 'm', input: 'Hi', metadata: 'x' }, /metadata/],
] satisfies readonly (readonly [string, JsonObject | string, RegExp])[])(
  '%s is refused',
  (_, body, message) => {
    expect(refusalOf(body)).toMatchObject({ status: 400, message: expect.stringMatching(message) })
  },
)

test.each(['conv_1', { id: 'conv_1' }])('no conversation is known', (conversation) => {
  expect(refusalOf({ model: 'm', input: 'Hi', conversation })).toMatchObject({
    status: 404,
    message: expect.stringMatching(/'conv_1' not found.*previous_response_id/),
    param: 'conversation',
  })
})

test('what was said before comes after the instructions', () => {
  const body = { model: 'm', instructions: 'New.', input: 'And?', previous_response_id: 'resp_1' }
  const read = responses.readRequest(JSON.stringify(body), undefined, {
    messages: (id) => (id === 'resp_1' ? [{ role: 'user', content: 'Before' }] : undefined),
    item: () => undefined,
  })
  expect(read).toMatchObject({
    request: { messages: [{ content: 'New.' }, { content: 'Before' }, { content: 'And?' }] },
  })
})
