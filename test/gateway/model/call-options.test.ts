import { expect, test } from 'vitest'
import { modelUpstream } from '../../../src/gateway/upstream/model/model-upstream.ts'
import type { ChatRequest } from '../../../src/protocol/index.ts'
import { finish, modelGiving, streamOf } from '../../support/hand-made-model.ts'
import { saidBy, saying } from '../../support/said-by.ts'

const LOOK = { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] }
const look = {
  type: 'function',
  function: { name: 'look', description: 'Looks.', parameters: LOOK },
}
const find = { type: 'function', function: { name: 'find', strict: true } }

async function asked(request: ChatRequest, version: 'v4' | 'v3' = 'v4') {
  const model = modelGiving(version, () => streamOf([finish('stop')]))
  const { error } = await saidBy(modelUpstream(model), request)
  if (error !== undefined) throw error
  const { abortSignal: _, ...options } = model.asked[0]!
  return options as Record<string, unknown>
}

test('a bare request says nothing that was not said', async () => {
  expect(await asked(saying('hi'))).toEqual({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
    providerOptions: {
      openai: { store: false, strictJsonSchema: false },
      anthropic: {},
      groq: { strictJsonSchema: false },
      mistral: { strictJsonSchema: false },
    },
  })
})

test('all that both know is told', async () => {
  const options = await asked(
    saying('hi', {
      max_tokens: 50,
      temperature: 0,
      top_p: 0.5,
      presence_penalty: 1,
      frequency_penalty: -1,
      seed: 7,
      stop: 'END',
      user: 'caller 7',
      reasoning_effort: 'low',
      parallel_tool_calls: false,
      tools: [look],
      tool_choice: 'required',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'place', description: 'A place.', schema: LOOK, strict: true },
      },
    }),
  )
  expect(options).toMatchObject({
    maxOutputTokens: 50,
    temperature: 0,
    topP: 0.5,
    presencePenalty: 1,
    frequencyPenalty: -1,
    seed: 7,
    stopSequences: ['END'],
    reasoning: 'low',
    tools: [{ type: 'function', name: 'look', description: 'Looks.', inputSchema: LOOK }],
    toolChoice: { type: 'required' },
    responseFormat: { type: 'json', name: 'place', description: 'A place.', schema: LOOK },
    providerOptions: {
      openai: { store: false, parallelToolCalls: false, strictJsonSchema: true, user: 'caller 7' },
      anthropic: { disableParallelToolUse: true, metadata: { userId: 'caller 7' } },
      groq: { parallelToolCalls: false, strictJsonSchema: true, user: 'caller 7' },
      mistral: { parallelToolCalls: false, strictJsonSchema: true },
    },
  })
})

test.each([
  [{ max_tokens: -1 }, 'maxOutputTokens', undefined],
  [{ max_tokens: 5, max_completion_tokens: 9 }, 'maxOutputTokens', 9],
  [{ stop: ['A', 'B'] }, 'stopSequences', ['A', 'B']],
  [{ temperature: null, seed: null, stop: null }, 'temperature', undefined],
  [{ reasoning_effort: 'a lot' }, 'reasoning', undefined],
  [{ response_format: { type: 'text' } }, 'responseFormat', undefined],
  [{ response_format: { type: 'json_object' } }, 'responseFormat', { type: 'json' }],
  [{ tools: [look], tool_choice: 'none' }, 'tools', undefined],
  [{ tools: [], tool_choice: 'auto' }, 'toolChoice', undefined],
  [{ tools: [look] }, 'toolChoice', { type: 'auto' }],
  [
    { tools: [look], tool_choice: { type: 'function', function: { name: 'look' } } },
    'toolChoice',
    { type: 'tool', toolName: 'look' },
  ],
  [
    { functions: [look.function], function_call: { name: 'look' } },
    'toolChoice',
    { type: 'tool', toolName: 'look' },
  ],
  [
    {
      tools: [look, find],
      tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [find] } },
    },
    'tools',
    [
      {
        type: 'function',
        name: 'find',
        inputSchema: { type: 'object', properties: {} },
        strict: true,
      },
    ],
  ],
])('%j gives %s: %j', async (others, name, expected) => {
  expect((await asked(saying('hi', others)))[name]).toEqual(expected)
})

test.each([
  [{ n: 2 }, '"n"'],
  [{ tools: [{ type: 'custom', custom: { name: 'draw' } }] }, '"custom"'],
])('%j is refused', async (others, word) => {
  await expect(asked(saying('hi', others))).rejects.toMatchObject({
    fault: 'refused',
    message: expect.stringContaining(word),
  })
})

test('the specification before has files of its own, and no word for reasoning', async () => {
  const content = [
    { type: 'text', text: 'Look:' },
    { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
  ]
  const messages = [
    { role: 'system', content: 'A' },
    { role: 'user', content },
  ]
  const options = await asked(saying('', { messages, reasoning_effort: 'low' }), 'v3')
  expect(options).not.toHaveProperty('reasoning')
  expect(options.prompt).toEqual([
    { role: 'system', content: 'A' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look:' },
        { type: 'file', mediaType: 'image/*', data: new URL('https://example.com/a.png') },
        { type: 'file', mediaType: 'image/png', data: 'aGk=' },
      ],
    },
  ])
})

test('models of Mistral hear an answer between a tool and the user', async () => {
  const call = { id: 'x', type: 'function', function: { name: 'look', arguments: '{}' } }
  const messages = [
    { role: 'user', content: 'a' },
    { role: 'assistant', tool_calls: [call] },
    { role: 'tool', tool_call_id: 'x', content: 'sky' },
    { role: 'user', content: 'b' },
  ]
  const rolesFor = async (modelId: string) => {
    const model = { ...modelGiving('v4', () => streamOf([finish('stop')])), modelId }
    await saidBy(modelUpstream(model), saying('', { messages, tools: [look] }))
    return model.asked[0]!.prompt.map(({ role }) => role)
  }
  expect(await rolesFor('mistral.ministral-8b')).toEqual([
    'user',
    'assistant',
    'tool',
    'assistant',
    'user',
  ])
  expect(await rolesFor('claude')).toEqual(['user', 'assistant', 'tool', 'user'])
})
