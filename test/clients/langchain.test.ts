import { type AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CLIENT_SCENARIOS, WEATHER } from '../support/client-scenarios.ts'
import { EACH_WAY } from '../support/fronts.ts'

const TOOLS = [{ type: 'function' as const, function: { ...WEATHER } }]

describe.each(EACH_WAY)('LangChain, on %s', (_, start) => {
  async function connect(maxRetries = 0) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const model = new ChatOpenAI({
      model: 'm',
      apiKey: 'sk-test',
      maxRetries,
      configuration: { baseURL: front.baseURL, fetch: front.fetch },
    })
    return { front, model }
  }

  test('text, whole and streamed', async () => {
    const { model } = await connect()
    expect((await model.invoke('hello')).content).toBe('Hello there, caller. 👋🏽')
    let streamed = ''
    for await (const chunk of await model.stream('hello')) streamed += chunk.text
    expect(streamed).toBe('Hello there, caller. 👋🏽')
  })

  test('parallel tools, interleaved', async () => {
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
    expect((await bound.invoke([question, answer, result])).content).toBe('It is clear.')
  })

  test('an object', async () => {
    const { model } = await connect()
    const person = z.object({ name: z.string(), age: z.int() })
    const wanting = model.withStructuredOutput(person, { method: 'jsonSchema' })
    expect(await wanting.invoke('person')).toEqual({ name: 'Ada', age: 36 })
  })

  test('usage, and a limit', async () => {
    const { model, front } = await connect()
    const cut = await new ChatOpenAI({
      model: 'm',
      apiKey: 'sk-test',
      maxTokens: 2,
      configuration: { baseURL: front.baseURL, fetch: front.fetch },
    }).invoke('hello')
    expect(cut.response_metadata['finish_reason']).toBe('length')
    const chunks: AIMessageChunk[] = []
    for await (const chunk of await model.stream('hello')) chunks.push(chunk)
    const usage = chunks.flatMap((chunk) => chunk.usage_metadata ?? [])
    expect(usage).toEqual([expect.objectContaining({ output_tokens: 9 })])
  })

  test('probabilities', async () => {
    const { front } = await connect()
    const model = new ChatOpenAI({
      model: 'm',
      apiKey: 'sk-test',
      logprobs: true,
      topLogprobs: 2,
      configuration: { baseURL: front.baseURL, fetch: front.fetch },
    })
    const { response_metadata } = await model.invoke('hello')
    const { logprobs, tokenUsage } = response_metadata as {
      logprobs: { content: unknown[] }
      tokenUsage: { completionTokens: number }
    }
    expect(logprobs.content).toHaveLength(tokenUsage.completionTokens)
  })

  test('the events of a stream', async () => {
    const { model } = await connect()
    const names = new Set<string>()
    for await (const { event } of model.streamEvents('hello', { version: 'v2' })) names.add(event)
    expect([...names]).toEqual(['on_chat_model_start', 'on_chat_model_stream', 'on_chat_model_end'])
  })

  test('a batch', async () => {
    const { model } = await connect()
    const answers = await model.batch(['hello', 'think', 'hello'])
    expect(answers.map(({ text }) => text)).toEqual([
      'Hello there, caller. 👋🏽',
      'Good day.',
      'Hello there, caller. 👋🏽',
    ])
  })

  test('an answer that comes too late', async () => {
    const { front, model } = await connect()
    await expect(model.invoke('late', { timeout: 2_000 })).rejects.toThrow(/time|abort/i)
    await expect.poll(() => front.journal.entries()[0]?.ending).toBe('client-left')
  })

  test('a retry after 503', async () => {
    const { model } = await connect(2)
    expect((await model.invoke('down')).content).toBe('Up again.')
  })

  test('a refusal, which it drops: no words', async () => {
    const { model } = await connect()
    const { content, response_metadata } = await model.invoke('refuse')
    expect(content).toBe('')
    expect(response_metadata['finish_reason']).toBe('stop')
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

  test('an error', async () => {
    const { model } = await connect()
    await expect(model.invoke('fail')).rejects.toThrow('Too long.')
  })

  test('a retry after 429', async () => {
    const { front, model } = await connect(2)
    expect((await model.invoke('busy')).content).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([429, 200])
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
