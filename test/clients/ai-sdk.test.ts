import * as compatible6 from '@ai-sdk/openai-compatible'
import * as ai6 from 'ai'
import * as ai7 from 'ai7'
import * as compatible7 from 'openai-compatible7'
import { describe, expect, test } from 'vitest'
import { type AiSdk, testAiSdkBasics, weatherTools } from '../support/ai-sdk-basics.ts'
import { CLIENT_SCENARIOS } from '../support/client-scenarios.ts'
import { EACH_WAY } from '../support/fronts.ts'

const SDKS = {
  6: { ...ai6, ...compatible6 },
  // What is used here, both have.
  7: { ...ai7, ...compatible7 } as unknown as typeof ai6 & typeof compatible6,
}
const CASES = Object.entries(SDKS).flatMap(([version, sdk]) =>
  EACH_WAY.map(([front, start]) => ({ version, front, sdk, start })),
)

describe.each(CASES)('the AI SDK $version, on $front', ({ sdk, start }) => {
  const { createOpenAICompatible, APICallError, generateText, streamText } = sdk
  const { jsonSchema, Output, stepCountIs } = sdk
  const own = sdk as unknown as AiSdk
  const TOOLS = weatherTools(own) as unknown as ai6.ToolSet
  const PERSON = jsonSchema<{ name: string; age: number }>({
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: 'integer' } },
    required: ['name', 'age'],
    additionalProperties: false,
  })

  async function connect() {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const provider = createOpenAICompatible({
      name: 'mock',
      baseURL: front.baseURL,
      apiKey: 'sk-test',
      fetch: front.fetch,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })
    return { front, model: provider('m') }
  }

  testAiSdkBasics(own, connect)

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

  test('a tool loop, streamed, with words before the call', async () => {
    const { front, model } = await connect()
    const stopWhen = stepCountIs(3)
    const result = streamText({ model, prompt: 'mixed', tools: TOOLS, stopWhen })
    let streamed = ''
    for await (const piece of result.textStream) streamed += piece
    expect(streamed).toBe('One moment.It is clear.')
    const steps = await result.steps
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop'])
    expect(front.journal.entries()).toHaveLength(2)
  })

  test('an object, whole and streamed', async () => {
    const { model } = await connect()
    const output = Output.object({ schema: PERSON })
    const whole = await generateText({ model, prompt: 'person', output })
    expect(whole.output).toEqual({ name: 'Ada', age: 36 })
    const result = streamText({ model, prompt: 'person', output })
    const partial = []
    for await (const each of result.partialOutputStream) partial.push(each)
    expect(partial.length).toBeGreaterThan(1)
    expect(partial.at(-1)).toEqual({ name: 'Ada', age: 36 })
  })

  test('reasoning', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'think' })
    expect(await result.text).toBe('Good day.')
    expect(await result.reasoningText).toBe('A greeting, then.')
    expect((await generateText({ model, prompt: 'think' })).reasoningText).toBe('A greeting, then.')
  })

  test('a limit', async () => {
    const { model } = await connect()
    const cut = await generateText({ model, prompt: 'hello', maxOutputTokens: 2 })
    expect(cut).toMatchObject({ text: 'Hello there', finishReason: 'length' })
  })

  test('an answer that comes too late', async () => {
    const { front, model } = await connect()
    const client = new AbortController()
    const late = generateText({ model, prompt: 'late', abortSignal: client.signal })
    const failed = expect(late).rejects.toThrow(/abort/i)
    await expect.poll(() => front.journal.entries()[0]?.status).toBe(200)
    client.abort()
    await failed
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('a retry after 503', async () => {
    const { model } = await connect()
    const result = streamText({ model, prompt: 'down' })
    expect(await result.text).toBe('Up again.')
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
