import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { referenceServer } from '../support/reference-server.ts'

const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'lookup_order',
      parameters: {
        type: 'object',
        properties: { order_number: { type: 'string' } },
        required: ['order_number'],
      },
    },
  },
] satisfies OpenAI.ChatCompletionTool[]

async function client(apiKey = 'sesame-1234') {
  const baseURL = await referenceServer({ apiKey: 'sesame-1234' })
  return new OpenAI({ baseURL, apiKey, maxRetries: 0 })
}
const ask = (said: string) => ({ model: 'm', messages: [{ role: 'user', content: said } as const] })

describe('the official client', () => {
  test('reads a completion', async () => {
    const completion = await (await client()).chat.completions.create(ask('Hello?'))
    expect(completion.choices[0]!.message.content).not.toBe('')
    expect(completion.usage!.total_tokens).toBeGreaterThan(0)
  })

  test('reads a stream', async () => {
    const stream = await (
      await client()
    ).chat.completions.create({ ...ask('Hello?'), stream: true })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).not.toBe('')
  })

  test('reads a stream through its helper', async () => {
    const stream = (await client()).chat.completions.stream({
      ...ask('Hello?'),
      stream_options: { include_usage: true },
    })
    const completion = await stream.finalChatCompletion()
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant' },
    })
    expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(0)
  })

  test('joins parallel tool calls', async () => {
    const stream = (await client()).chat.completions.stream({
      ...ask('Check the orders A1042 and B2077.'),
      tools: TOOLS,
    })
    const calls = (await stream.finalChatCompletion()).choices[0]!.message.tool_calls!
    expect(
      calls.map((call) => call.type === 'function' && JSON.parse(call.function.arguments)),
    ).toEqual([{ order_number: 'A1042' }, { order_number: 'B2077' }])
  })

  test('runs tools', async () => {
    const asked: string[] = []
    const lookUp = (args: string) => {
      asked.push(args)
      return '{"carrier": "Heron Parcels"}'
    }
    const runner = (await client()).chat.completions.runTools({
      ...ask('Where is order A1042?'),
      stream: true,
      tools: [
        {
          type: 'function',
          function: { ...TOOLS[0]!.function, description: 'Looks up an order.', function: lookUp },
        },
      ],
    })
    expect(await runner.finalContent()).toContain('Heron Parcels')
    expect(asked).toEqual(['{"order_number":"A1042"}'])
  })

  test('lists models', async () => {
    const models = await (await client()).models.list()
    expect(models.data.map(({ id }) => id)).toEqual(['custom-model'])
  })

  test('is told that its key is wrong', async () => {
    const refused = (await client('wrong-key')).chat.completions.create(ask('Hello?'))
    await expect(refused).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
  })

  test('is told what is wrong with its request', async () => {
    const refused = (await client()).chat.completions.create({ model: 'm', messages: [] })
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'messages' })
  })
})
