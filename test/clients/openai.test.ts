import OpenAI from 'openai'
import { LengthFinishReasonError } from 'openai/error'
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CLIENT_SCENARIOS, WEATHER } from '../support/client-scenarios.ts'
import { EACH_WAY } from '../support/fronts.ts'

const TOOLS = [{ type: 'function', function: { ...WEATHER } }] satisfies OpenAI.ChatCompletionTool[]
const ask = (content: string) => ({ model: 'm', messages: [{ role: 'user' as const, content }] })

describe.each(EACH_WAY)('the official client, on %s', (_, start) => {
  async function connect(maxRetries = 0) {
    const front = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    const { baseURL, fetch } = front
    const client = new OpenAI({ baseURL, apiKey: 'sk-test', maxRetries, fetch })
    return { front, client, completions: client.chat.completions }
  }

  test('models', async () => {
    const front = await start({ modelNames: ['one', 'lab/two'] })
    const { baseURL, fetch } = front
    const { models } = new OpenAI({ baseURL, apiKey: 'sk-test', maxRetries: 0, fetch })
    expect((await models.list()).data.map(({ id }) => id)).toEqual(['one', 'lab/two'])
    expect((await models.retrieve('lab/two')).id).toBe('lab/two')
    await expect(models.retrieve('three')).rejects.toMatchObject({ code: 'model_not_found' })
    const any = (await connect()).client.models
    expect((await any.retrieve('whatever')).id).toBe('whatever')
  })

  test('ids of requests', async () => {
    const { completions } = await connect()
    const { _request_id: id } = await completions.create(ask('hello'))
    expect(id).toMatch(/^req_\w+$/)
    const { _request_id: again } = await completions.create(ask('hello'))
    expect(again).toBe(id)
    const failed = await completions.create(ask('fail')).catch((error: unknown) => error)
    expect(failed).toMatchObject({ requestID: expect.stringMatching(/^req_/) as string })
    expect(failed).not.toMatchObject({ requestID: id })
  })

  test('a limit of its rate', async () => {
    const { completions } = await connect()
    const failed = await completions.create(ask('busy')).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(OpenAI.RateLimitError)
    expect(failed).toMatchObject({ type: 'rate_limit_error' })
  })

  test('text, whole and streamed', async () => {
    const { completions } = await connect()
    const { choices } = await completions.create(ask('hello'))
    expect(choices[0]!.message.content).toBe('Hello there, caller. 👋🏽')
    let streamed = ''
    for await (const chunk of await completions.create({ ...ask('hello'), stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? ''
    }
    expect(streamed).toBe('Hello there, caller. 👋🏽')
  })

  test('parallel tools, interleaved, through the stream helper', async () => {
    const { completions } = await connect()
    const stream = completions.stream({ ...ask('both'), tools: TOOLS })
    const { message, finish_reason } = (await stream.finalChatCompletion()).choices[0]!
    expect(finish_reason).toBe('tool_calls')
    expect(
      message.tool_calls!.map((call) => call.type === 'function' && call.function.arguments),
    ).toEqual(['{"city":"Bern"}', '{"city":"Ulm"}'])
  })

  const CUSTOM = { type: 'custom', custom: { name: 'get_weather' } } as const
  const TIME = { type: 'function', function: { name: 'get_time' } } as const

  test('functions, as before there were tools', async () => {
    const { completions } = await connect()
    const request = { ...ask('weather'), functions: [WEATHER] }
    const { message, finish_reason } = (await completions.create(request)).choices[0]!
    expect(message.function_call).toEqual({ name: 'get_weather', arguments: '{"city":"Bern"}' })
    expect(message.tool_calls).toBeUndefined()
    expect(finish_reason).toBe('function_call')
    const deltas = []
    for await (const { choices } of await completions.create({ ...request, stream: true })) {
      deltas.push(...choices.flatMap(({ delta }) => delta.function_call ?? []))
    }
    expect(deltas[0]).toEqual({ name: 'get_weather', arguments: '' })
    expect(deltas.map((delta) => delta.arguments).join('')).toBe('{"city":"Bern"}')
    const answered = await completions.create({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: null, function_call: message.function_call! },
        { role: 'function', name: 'get_weather', content: '{"sky":"clear"}' },
      ],
    })
    expect(answered.choices[0]!.message.content).toBe('It is clear.')
  })

  test('tools that take text', async () => {
    const { completions } = await connect()
    const request = { ...ask('weather'), tools: [CUSTOM] }
    const { message } = (await completions.create(request)).choices[0]!
    const [call] = message.tool_calls!
    expect(call).toMatchObject({
      type: 'custom',
      custom: { name: 'get_weather', input: '{"city":"Bern"}' },
    })
    const answered = await completions.create({
      ...request,
      messages: [
        ...request.messages,
        message,
        { role: 'tool', tool_call_id: call!.id, content: '{"sky":"clear"}' },
      ],
    })
    expect(answered.choices[0]!.message.content).toBe('It is clear.')
  })

  test('tools that are allowed, of those that are there', async () => {
    const front = await start({})
    const { baseURL, fetch } = front
    const { completions } = new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0, fetch }).chat
    const allowing = (mode: 'auto' | 'required', ...allowed: object[]) =>
      completions.create({
        ...ask('What is the weather?'),
        tools: [...TOOLS, TIME],
        tool_choice: { type: 'allowed_tools', allowed_tools: { mode, tools: allowed as never } },
      })
    const called = async (...args: Parameters<typeof allowing>) =>
      (await allowing(...args)).choices[0]!.message.tool_calls?.map(
        (call) => call.type === 'function' && call.function.name,
      )
    expect(await called('auto', TOOLS[0]!)).toEqual(['get_weather'])
    expect(await called('auto', TIME)).toBeUndefined()
    expect(await called('required', TIME)).toEqual(['get_time'])
    await expect(called('auto', { ...TIME, function: { name: 'x' } })).rejects.toMatchObject({
      param: 'tool_choice',
    })
  })

  test('the tool runner', async () => {
    const { completions } = await connect()
    const runner = completions.runTools({
      ...ask('weather'),
      stream: true,
      tools: [
        {
          type: 'function',
          function: { ...WEATHER, function: () => '{"sky":"clear"}' },
        },
      ],
    })
    expect(await runner.finalContent()).toBe('It is clear.')
  })

  test('the tool runner, without a stream, with words before the call', async () => {
    const { completions, front } = await connect()
    const asked: string[] = []
    const runner = completions.runTools({
      ...ask('mixed'),
      tools: [
        zodFunction({
          name: 'get_weather',
          parameters: z.object({ city: z.string() }),
          function: ({ city }) => {
            asked.push(city)
            return { sky: 'clear' }
          },
        }),
      ],
    })
    expect(await runner.finalContent()).toBe('It is clear.')
    expect(asked).toEqual(['Bern'])
    expect(runner.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
    ])
    expect(front.journal.entries()).toHaveLength(2)
  })

  test('the events of the stream helper', async () => {
    const { completions } = await connect()
    const options = { stream_options: { include_usage: true }, logprobs: true, top_logprobs: 2 }
    const stream = completions.stream({ ...ask('hello'), ...options })
    const events: string[] = []
    let snapshot = ''
    let tokens = 0
    stream.on('connect', () => events.push('connect'))
    stream.on('content.delta', (event) => (snapshot = event.snapshot))
    stream.on('content.done', ({ content }) => events.push(`content.done ${content}`))
    stream.on('logprobs.content.delta', ({ content }) => (tokens += content.length))
    stream.on('finalChatCompletion', () => events.push('finalChatCompletion'))
    stream.on('end', () => events.push('end'))
    const { choices, usage } = await stream.finalChatCompletion()
    await stream.done()
    const said = 'Hello there, caller. 👋🏽'
    expect(snapshot).toBe(said)
    expect(events).toEqual(['connect', `content.done ${said}`, 'finalChatCompletion', 'end'])
    expect(tokens).toBe(usage!.completion_tokens)
    expect(choices[0]!.logprobs!.content).toHaveLength(tokens)
    expect(await stream.totalUsage()).toMatchObject({ total_tokens: usage!.total_tokens })
  })

  test('the events of calls', async () => {
    const { completions } = await connect()
    const parsed: unknown[] = []
    const stream = completions.stream({
      ...ask('each'),
      tools: [zodFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) })],
    })
    stream.on('tool_calls.function.arguments.done', (event) =>
      parsed.push([event.index, event.parsed_arguments]),
    )
    await stream.done()
    expect(parsed).toEqual([
      [0, { city: 'Bern' }],
      [1, { city: 'Ulm' }],
    ])
  })

  test('an object, parsed, whole and streamed', async () => {
    const { completions } = await connect()
    const Person = z.object({ name: z.string(), age: z.int() })
    const request = { ...ask('person'), response_format: zodResponseFormat(Person, 'person') }
    const whole = await completions.parse(request)
    expect(whole.choices[0]!.message.parsed).toEqual({ name: 'Ada', age: 36 })
    const streamed = await completions.stream(request).finalChatCompletion()
    expect(streamed.choices[0]!.message.parsed).toEqual({ name: 'Ada', age: 36 })
    await expect(completions.parse({ ...request, max_tokens: 2 })).rejects.toBeInstanceOf(
      LengthFinishReasonError,
    )
  })

  test('an object that nobody wrote, parsed', async () => {
    const { baseURL, fetch } = await start({})
    const { completions } = new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0, fetch }).chat
    const Order = z.object({
      id: z.uuid(),
      items: z.array(z.string()).min(1),
      note: z.string().nullable(),
    })
    const response_format = zodResponseFormat(Order, 'order')
    const { choices } = await completions.parse({ ...ask('An order, please.'), response_format })
    expect(Order.parse(choices[0]!.message.parsed)).toEqual(choices[0]!.message.parsed)
  })

  test('several choices', async () => {
    const { completions } = await connect()
    const { choices } = await completions.stream({ ...ask('hello'), n: 2 }).finalChatCompletion()
    expect(choices.map(({ index }) => index)).toEqual([0, 1])
  })

  test('a stream that is split, and one that is sent on', async () => {
    const { completions } = await connect()
    const read = async (stream: AsyncIterable<OpenAI.ChatCompletionChunk>) => {
      let text = ''
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
      return text
    }
    const halves = (await completions.create({ ...ask('hello'), stream: true })).tee()
    expect(await Promise.all(halves.map(read))).toEqual(Array(2).fill('Hello there, caller. 👋🏽'))
    const sent = completions.stream(ask('hello')).toReadableStream()
    const lines = (await new Response(sent).text()).trim().split('\n')
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
  })

  test('an answer that comes too late, and is not waited for', async () => {
    const { front, completions } = await connect()
    const client = new AbortController()
    const left = completions.create(ask('late'), { signal: client.signal })
    const failed = expect(left).rejects.toBeInstanceOf(OpenAI.APIUserAbortError)
    await expect.poll(() => front.journal.entries()[0]?.status).toBe(200)
    client.abort()
    await failed
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
    const late = completions.create(ask('late'), { timeout: 2_000 })
    await expect(late).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError)
    await expect.poll(() => front.journal.entries()[1]?.ending).toBe('client-left')
  })

  test('a retry after 503', async () => {
    const { front, completions } = await connect(1)
    const { choices } = await completions.create(ask('down'))
    expect(choices[0]!.message.content).toBe('Up again.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([503, 200])
  })

  test('a refusal', async () => {
    const { completions } = await connect()
    const stream = completions.stream(ask('refuse'))
    const { message } = (await stream.finalChatCompletion()).choices[0]!
    expect(message.refusal).toBe('I cannot help with that.')
    expect(message.content).toBeNull()
  })

  test('an abort', async () => {
    const { front, completions } = await connect()
    const stream = completions.stream(ask('slow'))
    stream.on('content', () => stream.abort())
    await expect(stream.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('an error', async () => {
    const { completions } = await connect()
    await expect(completions.create(ask('fail'))).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    })
  })

  test('a retry after 429', async () => {
    const { front, completions } = await connect(2)
    const { choices } = await completions.create(ask('busy'))
    expect(choices[0]!.message.content).toBe('Here I am.')
    expect(front.journal.entries().map(({ status }) => status)).toEqual([429, 200])
  })

  test('an error in the middle of a stream', async () => {
    const { completions } = await connect()
    let streamed = ''
    const reading = async () => {
      for await (const chunk of await completions.create({ ...ask('break'), stream: true })) {
        streamed += chunk.choices[0]?.delta.content ?? ''
      }
    }
    await expect(reading()).rejects.toBeInstanceOf(OpenAI.APIError)
    expect(streamed).toBe('One two')
  })
})
