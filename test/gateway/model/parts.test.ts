import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { modelUpstream } from '../../../src/gateway/upstream/model/model-upstream.ts'
import type { StreamPart } from '../../../src/gateway/upstream/model/stream-part.ts'
import type { Saying } from '../../../src/gateway/upstream/upstream.ts'
import { finish, modelGiving, streamOf, UNTOLD } from '../../support/hand-made-model.ts'
import { faultOf, saidBy, saying } from '../../support/said-by.ts'

const text = (delta: string): StreamPart => ({ type: 'text-delta', id: 't', delta })
const begin = (id: string, others: object = {}): StreamPart => ({
  type: 'tool-input-start',
  id,
  toolName: `tool_${id}`,
  ...others,
})
const more = (id: string, delta: string): StreamPart => ({ type: 'tool-input-delta', id, delta })
const call = (toolCallId: string, input: string, others: object = {}): StreamPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: `tool_${toolCallId}`,
  input,
  ...others,
})

describe.each(['v4', 'v3'] as const)('a language model of specification %s', (version) => {
  const hear = (parts: readonly StreamPart[], broken?: Error) =>
    saidBy(modelUpstream(modelGiving(version, () => streamOf(parts, broken))), saying('hi'))

  test.each([
    ['stop', 'stop'],
    ['other', 'stop'],
    ['tool-calls', 'stop'],
    ['length', 'length'],
    ['content-filter', 'content_filter'],
  ])('that finishes by %s, finishes by %s', async (unified, reason) => {
    const said = await hear([text('Hi'), finish(unified)])
    expect(said).toMatchObject({ error: undefined, text: 'Hi', finishReasons: [reason] })
  })

  test.each(['stop', 'other', 'tool-calls'])(
    'that called a tool and finishes by %s, waits for it',
    async (unified) => {
      expect((await hear([call('a', '{}'), finish(unified)])).finishReasons).toEqual(['tool_calls'])
    },
  )

  test('that finishes by an error, or by nothing, has not finished', async () => {
    const failed = await hear([text('Hi'), finish('error')])
    expect(failed).toMatchObject({ text: 'Hi', finishReasons: [] })
    expect(faultOf(failed.error).fault).toBe('failed')
    expect(faultOf((await hear([text('Hi'), finish('interrupted')])).error).fault).toBe('broken')
    expect(faultOf((await hear([text('Hi')])).error).fault).toBe('broken')
    expect(faultOf((await hear([])).error).fault).toBe('broken')
  })

  test('tells its usage where it knows it', async () => {
    expect((await hear([text('Hi'), finish('stop')])).usage).toBeUndefined()
    const half = { ...UNTOLD, inputTokens: { ...UNTOLD.inputTokens, total: 3 } }
    expect((await hear([text('Hi'), finish('stop', half)])).usage).toBeUndefined()
    const said = await hear([
      text('Hi'),
      finish('stop', {
        inputTokens: { total: 7, noCache: 3, cacheRead: 4, cacheWrite: 0 },
        outputTokens: { total: 5, text: 2, reasoning: 3 },
      }),
    ])
    expect(said.usage).toEqual({
      prompt_tokens: 7,
      completion_tokens: 5,
      total_tokens: 12,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 3 },
    })
    expect(said.chunks.at(-1)!.choices).toEqual([])
    expect(said.finishReasons).toEqual(['stop'])
  })

  test('reasons apart from what it says, with a start or without', async () => {
    const said = await hear([
      { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
      { type: 'reasoning-start', id: 's' },
      { type: 'reasoning-delta', id: 's', delta: ' Aha.' },
      { type: 'reasoning-end', id: 's' },
      text(''),
      text('Yes.'),
      finish('stop'),
    ])
    expect(said).toMatchObject({ reasoning: 'Hm. Aha.', text: 'Yes.', error: undefined })
    expect(said.chunks.map(({ choices }) => choices[0]!.delta)).toEqual([
      { role: 'assistant', reasoning_content: 'Hm.' },
      { reasoning_content: ' Aha.' },
      { content: 'Yes.' },
      {},
    ])
  })

  test('calls several tools, whose arguments come interleaved', async () => {
    const said = await hear([
      begin('a'),
      more('a', '{"x"'),
      begin('b'),
      more('b', '{"y":'),
      more('a', ':1}'),
      { type: 'tool-input-end', id: 'a' },
      more('b', '2}'),
      call('a', '{"x":1}'),
      call('b', '{"y":2}'),
      finish('tool-calls'),
    ])
    expect(said.calls).toEqual([
      { id: 'a', name: 'tool_a', input: '{"x":1}' },
      { id: 'b', name: 'tool_b', input: '{"y":2}' },
    ])
  })

  test('calls a tool at once, in part, or without arguments; all of them are whole', async () => {
    const said = await hear([
      call('whole', '{"x":1}'),
      call('whole', '{"x":1}'),
      begin('part'),
      more('part', '{"x"'),
      call('part', '{"x":2}'),
      begin('none'),
      call('none', ''),
      begin('silent'),
      call('bare', ' '),
      finish('stop'),
    ])
    expect(said.calls.map(({ id, input }) => [id, input])).toEqual([
      ['whole', '{"x":1}'],
      ['part', '{"x":2}'],
      ['none', '{}'],
      ['silent', '{}'],
      ['bare', '{}'],
    ])
  })

  test('that is cut within a call has not called', async () => {
    const said = await hear([begin('a'), finish('length')])
    expect(said).toMatchObject({ calls: [{ input: '' }], finishReasons: ['length'] })
  })

  test('calls tools of its own, which are nobody else’s', async () => {
    const said = await hear([
      begin('own', { providerExecuted: true }),
      more('own', '{"q":'),
      call('own', '{"q":1}', { providerExecuted: true }),
      { type: 'tool-result', toolCallId: 'own', toolName: 'tool_own', result: 'secret' },
      text('Found.'),
      finish('tool-calls'),
    ])
    expect(said).toMatchObject({ calls: [], text: 'Found.', finishReasons: ['stop'] })
    expect(JSON.stringify(said.chunks)).not.toContain('secret')
  })

  test('says nothing by what is no word', async () => {
    const silent = [
      { type: 'stream-start', warnings: [{ type: 'other', message: 'secret' }] },
      { type: 'response-metadata', id: 'secret' },
      { type: 'text-start', id: 't' },
      { type: 'source', sourceType: 'url', id: 's', url: 'http://secret/' },
      { type: 'file', mediaType: 'image/png', data: 'secret' },
      { type: 'raw', rawValue: 'secret' },
      { type: 'tool-approval-request', approvalId: 'secret', toolCallId: 'a' },
      { type: 'of-tomorrow', delta: 'secret' },
    ] as unknown as StreamPart[]
    const said = await hear([...silent, text('Hi'), finish('stop')])
    expect(said.chunks).toHaveLength(2)
    expect(JSON.stringify(said.chunks)).not.toContain('secret')
  })

  test('fails as it says, and says nothing after', async () => {
    const overloaded = { message: 'Overloaded', type: 'overloaded_error', statusCode: 529 }
    const said = await hear([
      text('Hi'),
      { type: 'error', error: overloaded },
      text(' again'),
      finish('error'),
    ])
    expect(said.text).toBe('Hi')
    expect(said.error).toMatchObject({ fault: 'failed', status: 529, message: 'Overloaded' })
  })

  test.each([
    ['words', 'Quota', { fault: 'failed' }],
    ['a code', { message: 'Quota', code: 429 }, { fault: 'rate-limited', status: 429 }],
    ['a request it refuses', { message: 'x', statusCode: 400 }, { fault: 'refused' }],
    ['a model it does not know', { message: 'x', statusCode: 404 }, { fault: 'failed' }],
    [
      'a conflict that passes',
      { message: 'x', statusCode: 409, isRetryable: true },
      { fault: 'failed' },
    ],
    ['nothing', null, { fault: 'failed', message: 'It failed without a word.' }],
    [
      'what is no answer',
      Object.assign(new Error('x'), { name: 'AI_TypeValidationError' }),
      { fault: 'garbled' },
    ],
  ])('that fails with %s fails in the same way', async (_, error, expected) => {
    expect((await hear([{ type: 'error', error }])).error).toMatchObject(expected)
  })

  test('breaks off where reading does, whatever status it had', async () => {
    const processing = Object.assign(new Error('Failed to process successful response'), {
      name: 'AI_APICallError',
      statusCode: 200,
      isRetryable: true,
    })
    for (const error of [processing, new TypeError('terminated')]) {
      const said = await hear([text('Hi')], error)
      expect(said).toMatchObject({ text: 'Hi', error: { fault: 'broken', message: error.message } })
    }
  })
})

test('arguments that come as text are held back until they are JSON', async () => {
  const parts = [
    begin('a', { inputEncoding: 'text' }),
    more('a', 'say "hi"'),
    call('a', '"say \\"hi\\""'),
    finish('tool-calls'),
  ]
  const said = await saidBy(modelUpstream(modelGiving('v4', () => streamOf(parts))), saying('hi'))
  expect(said.calls[0]!.input).toBe('"say \\"hi\\""')
})

test('a ping keeps the connection alive', async () => {
  const parts: StreamPart[] = [{ type: 'ping' }, text('Hi'), finish('stop')]
  const said = await saidBy(modelUpstream(modelGiving('v4', () => streamOf(parts))), saying('hi'))
  expect(said.sayings[0]).toEqual({ kind: 'comment', text: 'ping' })
})

test('parts are sent on as they come', async () => {
  let push!: (part: StreamPart) => void
  const stream = new ReadableStream<StreamPart>({
    start: (controller) => void (push = (part) => controller.enqueue(part)),
  })
  const upstream = modelUpstream(modelGiving('v4', () => stream))
  const { signal, abort } = aborting()
  const heard: (readonly Saying[])[] = []
  const over = upstream.ask(saying('hi'), signal, (said) => void heard.push(said))
  for (const word of ['One', ' two']) {
    push(text(word))
    await expect
      .poll(() => heard.splice(0))
      .toMatchObject([[{ chunk: { choices: [{ delta: { content: word } }] } }]])
  }
  abort(new Error('gone'))
  await expect(over).rejects.toThrow('gone')
})

test('a model that heeds no signal is left all the same, and its answer is not wanted any more', async () => {
  const cancelled: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<ReadableStream<StreamPart>>()
  const upstream = modelUpstream(modelGiving('v4', () => promise))
  const controller = new AbortController()
  const asked = upstream.ask(saying('hi'), controller.signal, () => {})
  const reason = new Error('gone')
  setTimeout(() => controller.abort(reason), 5)
  await expect(asked).rejects.toBe(reason)
  resolve(new ReadableStream({ cancel: (why) => void cancelled.push(why) }))
  await expect.poll(() => cancelled).toEqual([reason])
})

test('a model that failed is not listened to any longer', async () => {
  const cancelled: string[] = []
  const stream = new ReadableStream<StreamPart>({
    start: (controller) => controller.enqueue({ type: 'error', error: 'No.' }),
    cancel: () => void cancelled.push('stream'),
  })
  const said = await saidBy(modelUpstream(modelGiving('v4', () => stream)), saying('hi'))
  expect(faultOf(said.error).fault).toBe('failed')
  expect(cancelled).toEqual(['stream'])
})

test('an error holds nothing of what the caller said', async () => {
  const error = Object.assign(new Error('No.'), {
    name: 'AI_APICallError',
    statusCode: 400,
    requestBodyValues: { messages: [{ content: 'my secret' }] },
  })
  const upstream = modelUpstream(modelGiving('v4', () => Promise.reject(error)))
  const said = await saidBy(upstream, saying('my secret'))
  expect(faultOf(said.error).fault).toBe('refused')
  expect(inspect(said.error, { depth: Infinity, showHidden: true })).not.toContain('my secret')
})

test('who has left is asked for nothing', async () => {
  const model = modelGiving('v4', () => streamOf([]))
  const reason = new Error('gone')
  const asked = modelUpstream(model).ask(saying('hi'), AbortSignal.abort(reason), () => {})
  await expect(asked).rejects.toBe(reason)
  expect(model.asked).toEqual([])
})

test('an answer ends by itself once it is finished, or is left', async () => {
  const events: string[] = []
  const parts = [text('Hi'), finish('stop'), text(' again')]
  const upstream = modelUpstream(
    modelGiving('v4', () => {
      let next = 0
      return new ReadableStream<StreamPart>(
        {
          async pull(controller) {
            const part = parts[next++]
            if (part !== undefined) return controller.enqueue(part)
            await new Promise((resolve) => setTimeout(resolve, 20))
            events.push('ended')
            controller.close()
          },
          cancel: () => void events.push('cancelled'),
        },
        { highWaterMark: 0 },
      )
    }),
  )
  expect(await saidBy(upstream, saying('hi'))).toMatchObject({ text: 'Hi', error: undefined })
  expect(events).toEqual(['ended'])
  const { signal, abort } = aborting()
  await upstream
    .ask(saying('hi'), signal, (said) => {
      if (said.some(({ kind }) => kind === 'done')) abort(new Error('gone'))
    })
    .catch(() => {})
  expect(events).toEqual(['ended', 'cancelled'])
})

test('an answer that nobody listens to is left, too', async () => {
  const cancelled: unknown[] = []
  const model = modelGiving(
    'v4',
    () => new ReadableStream({ cancel: (why) => void cancelled.push(why) }),
  )
  const { signal, abort } = aborting()
  const asked = modelUpstream(model).ask(saying('hi'), signal, () => {})
  const reason = new Error('gone')
  setTimeout(() => abort(reason), 5)
  await expect(asked).rejects.toBe(reason)
  expect(cancelled).toEqual([reason])
})

test('a signal remembers no answer that is over', async () => {
  const { signal, abort } = aborting()
  for (const parts of [[text('Hi'), finish('stop')], [text('Hi')]]) {
    await saidBy(modelUpstream(modelGiving('v4', () => streamOf(parts))), saying('hi'), signal)
  }
  const failing = modelUpstream(modelGiving('v4', () => Promise.reject(new Error('No.'))))
  await saidBy(failing, saying('hi'), signal)
  const left = modelUpstream(modelGiving('v4', () => streamOf([text('Hi'), text('again')])))
  await left.ask(saying('hi'), signal, () => abort(new Error('gone'))).catch(() => {})
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('a connection that breaks once all is said breaks nothing', async () => {
  const parts = [text('Hi'), finish('stop')]
  const upstream = modelUpstream(
    modelGiving('v4', () => streamOf(parts, new TypeError('terminated'))),
  )
  expect(await saidBy(upstream, saying('hi'))).toMatchObject({
    text: 'Hi',
    error: undefined,
    finishReasons: ['stop'],
  })
})

test('a model of another specification is refused by name', () => {
  const model = { ...modelGiving('v4', () => streamOf([])), specificationVersion: 'v2' }
  expect(() => modelUpstream(model as never)).toThrow('of specification "v2"')
})

test('it is named after its provider, or as it is called', () => {
  const model = modelGiving('v4', () => streamOf([]))
  expect(modelUpstream(model)).toMatchObject({ name: 'hand.made', model: 'm' })
  expect(modelUpstream(model, { name: 'first' }).name).toBe('first')
})

function aborting() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: (reason: Error) => controller.abort(reason) }
}
