import { Agent, OpenAIResponsesModel, Runner, setTracingDisabled, tool } from '@openai/agents'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CLIENT_SCENARIOS, WEATHER } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

setTracingDisabled(true)

const { name, description } = WEATHER
const TOOLS = [
  tool({
    name,
    description,
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => ({ sky: 'clear', city }),
  }),
]

describe.each(EACH_WAY)('agents of OpenAI, in the Responses API, on %s', (_, start) => {
  async function connect(maxRetries = 0) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const { baseURL, fetch } = front
    const client = new OpenAI({ baseURL, apiKey: 'sk-test', maxRetries, fetch })
    const model = new OpenAIResponsesModel(client, 'm')
    return { front, model, runner: new Runner({ tracingDisabled: true }) }
  }

  test('text, whole and streamed', async () => {
    const { model, runner } = await connect()
    const agent = new Agent({ name: 'Ava', instructions: 'Be kind.', model })
    expect((await runner.run(agent, 'hello')).finalOutput).toBe('Hello there, caller. 👋🏽')
    const result = await runner.run(agent, 'hello', { stream: true })
    let streamed = ''
    for await (const piece of result.toTextStream()) streamed += piece
    await result.completed
    expect(streamed).toBe('Hello there, caller. 👋🏽')
  })

  test('a tool loop, whole and streamed', async () => {
    const { front, model, runner } = await connect()
    const agent = new Agent({ name: 'Ava', model, tools: TOOLS })
    expect((await runner.run(agent, 'weather')).finalOutput).toBe('It is clear.')
    const result = await runner.run(agent, 'mixed', { stream: true })
    await result.completed
    expect(result.finalOutput).toBe('It is clear.')
    expect(front.journal.entries()).toHaveLength(4)
  })

  test('a conversation that goes on from its last answer', async () => {
    const { model, runner } = await connect()
    const agent = new Agent({ name: 'Ava', model, tools: TOOLS })
    const { lastResponseId } = await runner.run(agent, 'I am Ada.')
    const { finalOutput } = await runner.run(agent, 'Say my name.', {
      ...(lastResponseId !== undefined && { previousResponseId: lastResponseId }),
    })
    expect(finalOutput).toBe('You are Ada.')
  })

  test('reasoning, which goes back with a call', async () => {
    const { model, runner } = await connect()
    const agent = new Agent({ name: 'Ava', model })
    const { finalOutput, history } = await runner.run(agent, 'think')
    expect(finalOutput).toBe('Good day.')
    const again = await runner.run(agent, [...history, { role: 'user', content: 'hello' }])
    expect(again.finalOutput).toBe('Hello there, caller. 👋🏽')
  })

  test('a handoff, and an object', async () => {
    const { model, runner } = await connect()
    const booker = new Agent({ name: 'Booker', model })
    const agent = Agent.create({ name: 'Ava', model, handoffs: [booker] })
    const { finalOutput, lastAgent } = await runner.run(agent, 'booking')
    expect([finalOutput, lastAgent?.name]).toEqual(['Booker here.', 'Booker'])
    const outputType = z.object({ name: z.string(), age: z.int() })
    const typed = new Agent({ name: 'Ava', model, outputType })
    expect((await runner.run(typed, 'person')).finalOutput).toEqual({ name: 'Ada', age: 36 })
  })

  test('a refusal', async () => {
    const { model, runner } = await connect()
    const agent = new Agent({ name: 'Ava', model })
    await expect(runner.run(agent, 'refuse')).rejects.toThrow(/cannot help/)
  })

  test('an abort', async () => {
    const { front, model, runner } = await connect()
    const client = new AbortController()
    const agent = new Agent({ name: 'Ava', model })
    const result = await runner.run(agent, 'slow', { stream: true, signal: client.signal })
    for await (const piece of result.toTextStream()) if (piece !== '') client.abort()
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('errors, and a retry after 429', async () => {
    const { front, model, runner } = await connect(2)
    const agent = new Agent({ name: 'Ava', model })
    await expect(runner.run(agent, 'fail')).rejects.toThrow('Too long.')
    expect((await runner.run(agent, 'busy')).finalOutput).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([400, 429, 200])
  })

  test('an error in the middle of a stream', async () => {
    const { model, runner } = await connect()
    const result = await runner.run(new Agent({ name: 'Ava', model }), 'break', { stream: true })
    let streamed = ''
    const reading = async () => {
      for await (const piece of result.toTextStream()) streamed += piece
      await result.completed
    }
    await expect(reading()).rejects.toThrow('Overloaded.')
    expect(streamed).toBe('One two')
  })
})
