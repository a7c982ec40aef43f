import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  generateText,
  jsonSchema,
  stepCountIs,
  streamText,
  tool,
  type ToolSet,
} from 'ai'
import { describe, expect, test } from 'vitest'
import { CLIENT_SCENARIOS, WEATHER } from '../support/client-scenarios.ts'
import { EACH_FRONT } from '../support/fronts.ts'

const getWeather = tool({
  description: WEATHER.description,
  inputSchema: jsonSchema<{ city: string }>({ ...WEATHER.parameters, required: ['city'] }),
  execute: () => ({ sky: 'clear' }),
})
const TOOLS: ToolSet = { get_weather: getWeather }

describe.each(EACH_FRONT)('the AI SDK, on %s', (_, start) => {
  async function connect() {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const provider = createOpenAICompatible({
      name: 'mock',
      baseURL: front.baseURL,
      apiKey: 'sk-test',
      fetch: front.fetch,
      includeUsage: true,
    })
    return { front, model: provider('m') }
  }

  test('text, whole and streamed, with usage', async () => {
    const { model } = await connect()
    expect((await generateText({ model, prompt: 'hello' })).text).toBe('Hello there, caller. 👋🏽')
    const result = streamText({ model, prompt: 'hello' })
    expect(await result.text).toBe('Hello there, caller. 👋🏽')
    expect((await result.usage).outputTokens).toBeGreaterThan(4)
    expect(await result.finishReason).toBe('stop')
  })

  test('parallel tools, interleaved', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'both', tools: TOOLS })
    expect((await result.toolCalls).map(({ input }) => input)).toEqual([
      { city: 'Bern' },
      { city: 'Ulm' },
    ])
    expect(await result.finishReason).toBe('tool-calls')
  })

  test('a tool loop', async () => {
    const { model } = await connect()
    const { text } = await generateText({
      model,
      prompt: 'weather',
      tools: TOOLS,
      stopWhen: stepCountIs(3),
    })
    expect(text).toBe('It is clear.')
  })

  test('a refusal, which it takes for text', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'refuse' })
    expect(await result.text).toBe('I cannot help with that.')
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

  test('an error', async () => {
    const { model } = await connect()
    const refused = generateText({ model, prompt: 'fail', maxRetries: 0 })
    await expect(refused).rejects.toSatisfy(
      (error) => APICallError.isInstance(error) && error.message === 'Too long.',
    )
  })

  test('a retry after 429', async () => {
    const { front, model } = await connect()
    expect((await generateText({ model, prompt: 'busy' })).text).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([429, 200])
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
