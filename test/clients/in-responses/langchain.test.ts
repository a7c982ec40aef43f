import { type AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CLIENT_SCENARIOS, WEATHER } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

const TOOLS = [{ type: 'function' as const, function: { ...WEATHER } }]

describe.each(EACH_WAY)('LangChain, in the Responses API, on %s', (_, start) => {
  async function connect(maxRetries = 0, options = {}) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const model = new ChatOpenAI({
      model: 'm',
      apiKey: 'sk-test',
      maxRetries,
      useResponsesApi: true,
      configuration: { baseURL: front.baseURL, fetch: front.fetch },
      ...options,
    })
    return { front, model }
  }

  test('text, whole and streamed, with usage', async () => {
    const { front, model } = await connect()
    expect((await model.invoke('hello')).text).toBe('Hello there, caller. 👋🏽')
    const chunks: AIMessageChunk[] = []
    for await (const chunk of await model.stream('hello')) chunks.push(chunk)
    expect(chunks.map(({ text }) => text).join('')).toBe('Hello there, caller. 👋🏽')
    expect(chunks.flatMap((chunk) => chunk.usage_metadata ?? [])).toEqual([
      expect.objectContaining({ output_tokens: 9 }),
    ])
    expect(front.journal.entries().map(({ url }) => url)).toEqual([
      expect.stringMatching(/\/responses$/),
      expect.stringMatching(/\/responses$/),
    ])
  })

  test('parallel tools', async () => {
    const { model } = await connect()
    const stream = await model.bindTools(TOOLS).stream('both')
    let whole
    for await (const chunk of stream) whole = whole ? whole.concat(chunk) : chunk
    expect(whole?.tool_calls?.map(({ args }) => args)).toEqual([{ city: 'Bern' }, { city: 'Ulm' }])
  })

  test('a tool loop', async () => {
    const { model } = await connect()
    const question = new HumanMessage('weather')
    const bound = model.bindTools(TOOLS)
    const answer = await bound.invoke([question])
    const id = answer.tool_calls![0]!.id!
    const result = new ToolMessage({ content: '{"sky":"clear"}', tool_call_id: id })
    expect((await bound.invoke([question, answer, result])).text).toBe('It is clear.')
  })

  test('a conversation that goes on from its last answer', async () => {
    const { model } = await connect()
    const { id } = (await model.invoke('I am Ada.')).response_metadata as { id: string }
    const next = await model.invoke('Say my name.', { previous_response_id: id })
    expect(next.text).toBe('You are Ada.')
  })

  test('an object', async () => {
    const { model } = await connect()
    const person = z.object({ name: z.string(), age: z.int() })
    const wanting = model.withStructuredOutput(person, { method: 'jsonSchema' })
    expect(await wanting.invoke('person')).toEqual({ name: 'Ada', age: 36 })
  })

  test('reasoning, and a refusal', async () => {
    const { model } = await connect()
    const { text, additional_kwargs: thought } = await model.invoke('think')
    expect(text).toBe('Good day.')
    expect(thought['reasoning']).toMatchObject({ summary: [{ text: 'A greeting, then.' }] })
    const { additional_kwargs: refused } = await model.invoke('refuse')
    expect(refused['refusal']).toBe('I cannot help with that.')
  })

  test('what is incomplete', async () => {
    const { model } = await connect(0, { maxTokens: 2 })
    const cut = await model.invoke('hello')
    expect(cut.text).toBe('Hello there')
    expect(cut.response_metadata).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    })
  })

  test('an abort', async () => {
    const { front, model } = await connect()
    const client = new AbortController()
    const reading = async () => {
      for await (const chunk of await model.stream('slow', { signal: client.signal })) {
        if (chunk.text !== '') client.abort()
      }
    }
    await expect(reading()).rejects.toThrow(/abort/i)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('errors, and a retry after 429', async () => {
    const { front, model } = await connect(2)
    await expect(model.invoke('fail')).rejects.toThrow('Too long.')
    expect((await model.invoke('busy')).text).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([400, 429, 200])
  })

  test('an error in the middle of a stream', async () => {
    const { model } = await connect()
    let streamed = ''
    const reading = async () => {
      for await (const chunk of await model.stream('break')) streamed += chunk.text
    }
    await expect(reading()).rejects.toThrow('Overloaded.')
    expect(streamed).toBe('One two')
  })
})
