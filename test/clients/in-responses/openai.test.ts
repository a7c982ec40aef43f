import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CLIENT_SCENARIOS, WEATHER } from '../../support/client-scenarios.ts'
import { EACH_WAY } from '../../support/fronts.ts'

const TOOLS = [{ type: 'function', ...WEATHER, strict: false }] satisfies OpenAI.Responses.Tool[]
const ask = (input: string) => ({ model: 'm', input })

/** What was said goes back as it came, as far as their types let it. */
function again(output: readonly OpenAI.Responses.ResponseOutputItem[]) {
  return output as readonly OpenAI.Responses.ResponseInputItem[]
}

async function read(stream: AsyncIterable<ResponseStreamEvent>) {
  let text = ''
  const types: string[] = []
  for await (const event of stream) {
    types.push(event.type)
    if (event.type === 'response.output_text.delta') text += event.delta
  }
  return { text, types }
}

describe.each(EACH_WAY)('the official client, in the Responses API, on %s', (_, start) => {
  async function connect(maxRetries = 0, options = {}) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true, ...options })
    const { baseURL, fetch } = front
    const client = new OpenAI({ baseURL, apiKey: 'sk-test', maxRetries, fetch })
    return { front, responses: client.responses }
  }

  test('text, whole and streamed', async () => {
    const { responses } = await connect()
    const whole = await responses.create(ask('hello'))
    expect(whole.output_text).toBe('Hello there, caller. 👋🏽')
    const { text, types } = await read(await responses.create({ ...ask('hello'), stream: true }))
    expect(text).toBe('Hello there, caller. 👋🏽')
    expect(types.at(-1)).toBe('response.completed')
  })

  test('the stream helper', async () => {
    const { responses } = await connect()
    const stream = responses.stream(ask('hello'))
    let snapshot = ''
    stream.on('response.output_text.delta', (event) => (snapshot = event.snapshot))
    const final = await stream.finalResponse()
    expect(snapshot).toBe('Hello there, caller. 👋🏽')
    expect(final.output_text).toBe(snapshot)
    expect(final.usage!.output_tokens).toBeGreaterThan(4)
  })

  test('parallel tools, and what they found', async () => {
    const { responses } = await connect()
    const final = await responses.stream({ ...ask('both'), tools: TOOLS }).finalResponse()
    const calls = final.output.filter((item) => item.type === 'function_call')
    expect(calls.map((call) => call.arguments)).toEqual(['{"city":"Bern"}', '{"city":"Ulm"}'])
    const asked = await responses.create({ ...ask('mixed'), tools: TOOLS })
    const [said, call] = asked.output
    expect(said).toMatchObject({ type: 'message' })
    if (call?.type !== 'function_call') throw new Error('expected a call')
    const output = {
      type: 'function_call_output' as const,
      call_id: call.call_id,
      output: '{"sky":"clear"}',
    }
    const inHistory = await responses.create({
      model: 'm',
      input: [{ role: 'user', content: 'mixed' }, ...again(asked.output), output],
      tools: TOOLS,
    })
    expect(inHistory.output_text).toBe('It is clear.')
    const goneOn = await responses.create({
      model: 'm',
      input: [output],
      previous_response_id: asked.id,
      tools: TOOLS,
    })
    expect(goneOn.output_text).toBe('It is clear.')
  })

  test('a tool that takes text', async () => {
    const { responses } = await connect()
    const tools = [{ type: 'custom', name: 'get_weather' } as const]
    const final = await responses.stream({ ...ask('weather'), tools }).finalResponse()
    expect(final.output).toMatchObject([{ type: 'custom_tool_call', input: '{"city":"Bern"}' }])
  })

  test('answers that are kept', async () => {
    const { responses } = await connect()
    const first = await responses.create({ ...ask('I am Ada.'), instructions: 'Be kind.' })
    const next = { ...ask('Say my name.'), previous_response_id: first.id }
    expect((await responses.create(next)).output_text).toBe('You are Ada.')
    const streamed = await responses.stream(next).finalResponse()
    expect(streamed.previous_response_id).toBe(first.id)
    expect(await responses.retrieve(first.id)).toMatchObject({ output: first.output })
    const items = await responses.inputItems.list(streamed.id)
    expect(items.data).toMatchObject([{ content: [{ text: 'Say my name.' }] }])
    await expect(responses.cancel(first.id)).rejects.toBeInstanceOf(OpenAI.BadRequestError)
    const rest = await responses.retrieve(first.id, { stream: true, starting_after: 3 })
    expect((await read(rest)).text).toBe('Hello, Ada.')
    await responses.delete(first.id)
    await expect(responses.retrieve(first.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError)
    await expect(responses.create(next)).rejects.toMatchObject({
      status: 400,
      code: 'previous_response_not_found',
    })
  })

  test('an object, parsed, whole and streamed', async () => {
    const { responses } = await connect()
    const format = zodTextFormat(z.object({ name: z.string(), age: z.int() }), 'person')
    const request = { ...ask('person'), text: { format } }
    expect((await responses.parse(request)).output_parsed).toEqual({ name: 'Ada', age: 36 })
    const streamed = await responses.stream(request).finalResponse()
    expect(streamed.output_parsed).toEqual({ name: 'Ada', age: 36 })
  })

  test('reasoning, told and encrypted', async () => {
    const { responses } = await connect()
    const include = ['reasoning.encrypted_content' as const]
    const { output } = await responses.stream({ ...ask('think'), include }).finalResponse()
    expect(output).toMatchObject([
      {
        type: 'reasoning',
        summary: [{ text: 'A greeting, then.' }],
        encrypted_content: expect.any(String) as string,
      },
      { type: 'message' },
    ])
    const next = await responses.create({
      model: 'm',
      input: [
        { role: 'user', content: 'think' },
        ...again(output),
        { role: 'user', content: 'hello' },
      ],
      store: false,
    })
    expect(next.output_text).toBe('Hello there, caller. 👋🏽')
  })

  test('several messages', async () => {
    const { responses } = await connect()
    const { output } = await responses.stream(ask('several')).finalResponse()
    expect(output).toMatchObject([{ phase: 'commentary' }, { phase: 'final_answer' }])
  })

  test('a refusal', async () => {
    const { responses } = await connect()
    const { output } = await responses.stream(ask('refuse')).finalResponse()
    expect(output).toMatchObject([
      { content: [{ type: 'refusal', refusal: 'I cannot help with that.' }] },
    ])
  })

  test('what is incomplete', async () => {
    const { responses } = await connect()
    const { status, incomplete_details: why } = await responses
      .stream(ask('unsaid'))
      .finalResponse()
    expect([status, why]).toEqual(['incomplete', { reason: 'content_filter' }])
    const cut = await responses.create({ ...ask('hello'), max_output_tokens: 2 })
    expect(cut).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output_text: 'Hello there',
    })
  })

  test('an error in the middle of a stream', async () => {
    const { responses } = await connect()
    let streamed = ''
    const reading = async () => {
      for await (const event of await responses.create({ ...ask('break'), stream: true })) {
        if (event.type === 'response.output_text.delta') streamed += event.delta
      }
    }
    await expect(reading()).rejects.toThrow('Overloaded.')
    expect(streamed).toBe('One two')
    await expect(responses.stream(ask('break')).finalResponse()).rejects.toThrow('Overloaded.')
    const whole = await responses.create(ask('break'))
    expect(whole).toMatchObject({ status: 'failed', error: { message: 'Overloaded.' } })
  })

  test('an abort', async () => {
    const { front, responses } = await connect()
    const stream = responses.stream(ask('slow'))
    stream.on('response.output_text.delta', () => stream.abort())
    await expect(stream.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('errors, and a retry after 429', async () => {
    const { front, responses } = await connect(2)
    await expect(responses.create(ask('fail'))).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    })
    expect((await responses.create(ask('busy'))).output_text).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([400, 429, 200])
  })

  test('as little as ElevenLabs documents, read event by event', async () => {
    const style = { events: 'minimal', done: true } as const
    const { responses } = await connect(0, { responses: style })
    const { text, types } = await read(await responses.create({ ...ask('hello'), stream: true }))
    expect(text).toBe('Hello there, caller. 👋🏽')
    expect(types.at(-1)).toBe('response.completed')
    // The helper wants a beginning.
    await expect(responses.stream(ask('hello')).finalResponse()).rejects.toThrow()
  })
})
