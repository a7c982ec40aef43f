import { createOpenResponses } from '@ai-sdk/open-responses'
import * as ai7 from 'ai7'
import { generateText, stepCountIs, streamText } from 'ai7'
import { describe, expect, test } from 'vitest'
import { testAiSdkBasics, weatherTools } from '../../support/ai-sdk-basics.ts'
import { CLIENT_SCENARIOS } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

const TOOLS = weatherTools(ai7)

describe.each(EACH_WAY)('the AI SDK, by Open Responses, on %s', (_, start) => {
  async function connect() {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const { baseURL, fetch } = front
    const provider = createOpenResponses({ name: 'mock', url: `${baseURL}/responses`, fetch })
    return { front, model: provider('m') }
  }

  testAiSdkBasics(ai7, connect)

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
