import { createOpenResponses } from '@ai-sdk/open-responses'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai7'
import { describe, expect, test } from 'vitest'
import { CLIENT_SCENARIOS, WEATHER } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

const TOOLS = {
  get_weather: tool({
    description: WEATHER.description,
    inputSchema: jsonSchema<{ city: string }>({ ...WEATHER.parameters }),
    execute: () => ({ sky: 'clear' }),
  }),
}

describe.each(EACH_WAY)('the AI SDK, by Open Responses, on %s', (_, start) => {
  async function connect() {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const { baseURL, fetch } = front
    const provider = createOpenResponses({ name: 'mock', url: `${baseURL}/responses`, fetch })
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

  test('parallel tools', async () => {
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
    const result = streamText({ model, prompt: 'mixed', tools: TOOLS, stopWhen: stepCountIs(3) })
    let streamed = ''
    for await (const piece of result.textStream) streamed += piece
    expect(streamed).toBe('One moment.It is clear.')
  })

  test('what is cut', async () => {
    const { model } = await connect()
    const cut = await generateText({ model, prompt: 'hello', maxOutputTokens: 2 })
    expect(cut).toMatchObject({ text: 'Hello there', finishReason: 'length' })
  })
})
