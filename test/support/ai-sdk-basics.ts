import type * as ai7 from 'ai7'
import { expect, test } from 'vitest'
import { WEATHER } from './client-scenarios.ts'

/** Of the AI SDK, what its basics need. */
export type AiSdk = Pick<typeof ai7, 'generateText' | 'jsonSchema' | 'streamText' | 'tool'>

export function weatherTools({ jsonSchema, tool }: AiSdk) {
  return {
    get_weather: tool({
      description: WEATHER.description,
      inputSchema: jsonSchema<{ city: string }>({ ...WEATHER.parameters, required: ['city'] }),
      execute: () => ({ sky: 'clear' }),
    }),
  }
}

/** Tests what any model gives by the AI SDK. */
export function testAiSdkBasics(
  sdk: AiSdk,
  connect: () => Promise<{ readonly model: ai7.LanguageModel }>,
): void {
  const { generateText, streamText } = sdk

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
    const result = streamText({ model, prompt: 'both', tools: weatherTools(sdk) })
    expect((await result.toolCalls).map(({ input }) => input)).toEqual([
      { city: 'Bern' },
      { city: 'Ulm' },
    ])
    expect(await result.finishReason).toBe('tool-calls')
  })
}
