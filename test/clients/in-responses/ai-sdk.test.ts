import { createOpenAI } from '@ai-sdk/openai'
import * as ai7 from 'ai7'
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText } from 'ai7'
import { describe, expect, test } from 'vitest'
import { testAiSdkBasics, weatherTools } from '../../support/ai-sdk-basics.ts'
import { CLIENT_SCENARIOS } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

const TOOLS = weatherTools(ai7)
const PERSON = jsonSchema<{ name: string; age: number }>({
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
})

describe.each(EACH_WAY)('the AI SDK, in the Responses API, on %s', (_, start) => {
  async function connect(options = {}) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true, ...options })
    const { baseURL, fetch } = front
    const provider = createOpenAI({ baseURL, apiKey: 'sk-test', fetch })
    return { front, model: provider.responses('m') }
  }

  testAiSdkBasics(ai7, connect)

  test.each([true, false])('a tool loop, whose history is kept: %s', async (store) => {
    const { front, model } = await connect()
    const result = streamText({
      model,
      prompt: 'mixed',
      tools: TOOLS,
      stopWhen: stepCountIs(3),
      providerOptions: { openai: { store } },
    })
    let streamed = ''
    for await (const piece of result.textStream) streamed += piece
    expect(streamed).toBe('One moment.It is clear.')
    const [, second] = front.journal.entries()
    expect(second!.body!.includes('item_reference')).toBe(store)
  })

  test('a conversation that goes on from its last answer', async () => {
    const { model } = await connect()
    const first = await generateText({ model, prompt: 'I am Ada.' })
    const { responseId } = first.providerMetadata!['openai']!
    const providerOptions = { openai: { previousResponseId: responseId as string } }
    const { text } = await generateText({ model, prompt: 'Say my name.', providerOptions })
    expect(text).toBe('You are Ada.')
  })

  test('an object', async () => {
    const { model } = await connect()
    const output = Output.object({ schema: PERSON })
    const result = streamText({ model, prompt: 'person', output })
    expect(await result.output).toEqual({ name: 'Ada', age: 36 })
  })

  test('reasoning', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'think' })
    expect(await result.text).toBe('Good day.')
    expect(await result.reasoningText).toBe('A greeting, then.')
  })

  test('what is incomplete', async () => {
    const { model } = await connect()
    const cut = await generateText({ model, prompt: 'hello', maxOutputTokens: 2 })
    expect(cut).toMatchObject({ text: 'Hello there', finishReason: 'length' })
    const result = streamText({ model, prompt: 'unsaid' })
    expect(await result.text).toBe('I had')
    expect(await result.finishReason).toBe('content-filter')
  })

  test('an abort', async () => {
    const { front, model } = await connect()
    const client = new AbortController()
    const result = streamText({ model, prompt: 'slow', abortSignal: client.signal })
    const parts: string[] = []
    for await (const part of result.fullStream) {
      parts.push(part.type)
      if (part.type === 'text-delta') client.abort()
    }
    expect(parts.at(-1)).toBe('abort')
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('errors, and a retry after 429', async () => {
    const { front, model } = await connect()
    const refused = generateText({ model, prompt: 'fail', maxRetries: 0 })
    await expect(refused).rejects.toSatisfy(
      (error) => APICallError.isInstance(error) && error.message === 'Too long.',
    )
    expect((await generateText({ model, prompt: 'busy' })).text).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([400, 429, 200])
  })

  test('an error in the middle of a stream', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'break', onError: () => {} })
    const parts: { type: string }[] = []
    let streamed = ''
    for await (const part of result.fullStream) {
      parts.push(part)
      if (part.type === 'text-delta') streamed += part.text
    }
    expect(streamed).toBe('One two')
    expect(parts.map(({ type }) => type)).toContain('error')
  })
})
