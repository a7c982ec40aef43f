import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { UpstreamError } from '../../src/gateway/upstream/upstream-error.ts'
import type { ExtraBodyHook, GatewayOptions } from '../../src/gateway/gateway-options.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import type { AnswerCache, CachedPiece } from '../../src/gateway/cache/answer-cache.ts'
import type { Upstream } from '../../src/gateway/upstream/upstream.ts'
import { heardIn, observedGateway } from '../support/ask-gateway.ts'
import { scriptedUpstream } from '../support/scripted-upstream.ts'

const failed = () =>
  new UpstreamError('failed', 'sk-canary at http://10.0.0.7 broke', { status: 500 })
const good = () => scriptedUpstream(['We are', ' open.'])

describe('an answer', () => {
  test('is streamed, and told', async () => {
    const { ask, records } = observedGateway([good()])
    const response = await ask()
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(await heardIn(response)).toMatchObject({
      text: 'We are open.',
      finish: ['stop'],
      isDone: true,
      roles: ['assistant'],
    })
    expect(records).toMatchObject([
      {
        id: 'req_1',
        model: 'voice',
        status: 200,
        outcome: 'answered',
        upstream: 'scripted',
        finishReason: 'stop',
        bufferWords: 0,
        isShared: false,
        attempts: [{ upstream: 'scripted', fault: null }],
      },
    ])
    expect(records[0]!.firstContentMs).toBeLessThanOrEqual(records[0]!.firstSentenceMs!)
  })

  test('takes options that are undefined as not given', async () => {
    const fallback = { retries: undefined } as unknown as NonNullable<GatewayOptions['fallback']>
    const { ask } = observedGateway([good()], { fallback })
    expect(await heardIn(await ask())).toMatchObject({ text: 'We are open.' })
  })

  test('is whole where it is not to be streamed', async () => {
    const { ask } = observedGateway([good()])
    const response = await ask({ body: { stream: false } })
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'We are open.' },
          finish_reason: 'stop',
        },
      ],
    })
  })

  test('is asked for without what only the platform means', async () => {
    const upstream = good()
    const seen: unknown[] = []
    const { ask } = observedGateway([upstream], { onExtraBody: (extra) => void seen.push(extra) })
    await ask({
      body: {
        elevenlabs_extra_body: { a: 1 },
        custom_llm_extra_body: { b: 2 },
        user_id: 'u',
        max_tokens: -1,
        stop: null,
        vendor: { x: 1 },
      },
    })
    expect(seen).toEqual([{ a: 1, b: 2 }])
    expect(upstream.asked).toEqual([
      {
        model: 'm',
        messages: [{ role: 'user', content: 'Hi.' }],
        user: 'u',
        vendor: { x: 1 },
        stream: true,
        stream_options: { include_usage: true },
      },
    ])
  })

  test('is asked for once, though its upstream ends without a word', async () => {
    let asked = 0
    const choice = { index: 0, delta: { content: 'Yes.' }, finish_reason: 'stop' }
    const terse: Upstream = {
      name: 'terse',
      model: 'm',
      async ask(_request, _signal, hear) {
        asked += 1
        hear([{ kind: 'chunk', chunk: { choices: [choice] } }])
      },
    }
    const { ask, records } = observedGateway([terse])
    expect(await heardIn(await ask())).toMatchObject({ text: 'Yes.', isDone: true })
    await expect.poll(() => records).toHaveLength(1)
    expect(asked).toBe(1)
  })

  test('may be asked for in other words, by a hook', async () => {
    const upstream = good()
    const { ask } = observedGateway([upstream], {
      onExtraBody: ({ language }, request) => ({ ...request, user: language as string }),
    })
    await ask({ body: { elevenlabs_extra_body: { language: 'de' } } })
    expect(upstream.asked).toMatchObject([{ user: 'de' }])
  })
})

describe('a hook that does not do its work', () => {
  const hooks: [string, ExtraBodyHook][] = [
    [
      'throws',
      () => {
        throw new Error('sk-canary')
      },
    ],
    ['rejects', () => Promise.reject(new Error('sk-canary'))],
    ['hangs', () => new Promise<void>(() => {})],
  ]

  test.each(hooks)('since it %s is told as an error of the gateway', async (_, onExtraBody) => {
    const limits = { firstContentMs: 50 }
    const { ask, gateway, records } = observedGateway([good()], { onExtraBody, limits })
    const response = await ask()
    expect(response.status).toBe(500)
    expect(await response.text()).toMatch(/"code":"gateway_error"/)
    expect(records).toMatchObject([{ outcome: 'failed', status: 500 }])
    expect(gateway.underWay).toBe(0)
  })

  test('is apologized for, where that is wanted', async () => {
    const { ask } = observedGateway([good()], { onExtraBody: hooks[0]![1], apology: 'Sorry.' })
    expect((await heardIn(await ask())).text).toBe('Sorry.')
  })
})

describe('what cannot be asked for is refused, and told', () => {
  const two = { models: { fast: good(), wise: good() } }

  test.each([
    [{ messages: [] }, 400, null],
    [{ model: 'other' }, 404, null],
    [{ model: 'wise' }, 403, 'wise'],
  ])('%j', async (body, status, model) => {
    const { ask, records } = observedGateway([], two)
    const response = await ask({ body, key: { name: 'k', models: ['fast'] } })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    expect(records).toMatchObject([{ outcome: 'refused', status, model, key: 'k', attempts: [] }])
  })

  test('a single model answers to every name', async () => {
    expect((await observedGateway([good()]).ask({ body: { model: 'any' } })).status).toBe(200)
  })
})

describe('an upstream that fails before its first content', () => {
  test('is asked again, then passed over', async () => {
    const bad = scriptedUpstream([failed()])
    const { ask, records } = observedGateway([bad, good()])
    expect((await heardIn(await ask())).text).toBe('We are open.')
    expect(bad.asked).toHaveLength(2)
    expect(records[0]?.attempts.map(({ fault }) => fault)).toEqual(['failed', 'failed', null])
  })

  test('is not passed over since it refuses what others ask', async () => {
    const refused = new UpstreamError('refused', 'no', { status: 400 })
    const picky = scriptedUpstream([refused], [refused], [refused], ['As you wish.'])
    const { ask } = observedGateway([picky, good()])
    for (const _ of [1, 2, 3]) expect((await heardIn(await ask())).text).toBe('We are open.')
    expect((await heardIn(await ask())).text).toBe('As you wish.')
  })

  test('is not asked again where that cannot help', async () => {
    const bad = scriptedUpstream([new UpstreamError('unauthorized', 'no', { status: 401 })])
    await observedGateway([bad, good()]).ask()
    expect(bad.asked).toHaveLength(1)
  })

  test('is passed over at once after several failures, and found again', async () => {
    const bad = scriptedUpstream([failed()], [failed()], ['Back.'])
    const { ask } = observedGateway([bad, good()], {
      fallback: { retries: 0, failures: 2, coolOffMs: 60_000 },
    })
    // No time passes but what the test lets pass.
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const heard = async () => (await heardIn(await ask())).text
    expect([await heard(), await heard(), await heard()]).toEqual([
      'We are open.',
      'We are open.',
      'We are open.',
    ])
    expect(bad.asked).toHaveLength(2)
    vi.advanceTimersByTime(59_000)
    expect(await heard()).toBe('We are open.')
    vi.advanceTimersByTime(2_000)
    expect(await heard()).toBe('Back.')
  })

  test.each([
    [failed(), 502, 'upstream_failed'],
    [new UpstreamError('unauthorized', 'sk-canary', { status: 401 }), 502, 'upstream_unauthorized'],
    [
      new UpstreamError('rate-limited', 'sk-canary', { retryAfterMs: 2_500 }),
      429,
      'upstream_rate_limited',
    ],
    [new UpstreamError('refused', 'sk-canary', { status: 422 }), 400, 'upstream_refused'],
    [new UpstreamError('late', 'sk-canary'), 504, 'upstream_late'],
    [new Error('sk-canary'), 502, 'upstream_failed'],
  ])('is told in words of our own: %s', async (error, status, code) => {
    const { ask, records } = observedGateway([scriptedUpstream([error])])
    const response = await ask()
    const body = await response.text()
    expect(response.status).toBe(status)
    expect(JSON.parse(body)).toMatchObject({ error: { code } })
    expect(body).not.toMatch(/canary|10\.0/)
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '3' : null)
    expect(records).toMatchObject([{ outcome: 'failed', status }])
  })

  test('is not waited for longer than the limit, though it pays no heed', async () => {
    const deaf = { name: 'deaf', model: 'm', ask: () => new Promise<never>(() => {}) }
    const { ask } = observedGateway([deaf, good()], { limits: { firstContentMs: 50 } })
    expect((await heardIn(await ask())).text).toBe('We are open.')
  })

  test('counts as late where it only keeps the connection alive', async () => {
    const empty = { choices: [{ index: 0, delta: { content: '' }, finish_reason: null }] }
    const idle = scriptedUpstream([empty, 20, empty, 20, empty, 500, 'Late.'])
    const { ask } = observedGateway([idle], { limits: { firstContentMs: 60 } })
    expect((await ask()).status).toBe(504)
    expect(idle.aborted()).toBe(1)
  })
})

describe('an upstream that breaks off', () => {
  test('is told as an error within the stream, and is not fallen back from', async () => {
    const next = good()
    const { ask, records } = observedGateway([
      scriptedUpstream(['We are', new UpstreamError('broken', 'sk-canary')]),
      next,
    ])
    const heard = await heardIn(await ask())
    expect(heard).toMatchObject({
      text: 'We are',
      isDone: false,
      error: { code: 'upstream_broken' },
    })
    expect(next.asked).toEqual([])
    expect(records).toMatchObject([
      { outcome: 'failed', status: 200, attempts: [{ fault: 'broken' }] },
    ])
  })

  test('by falling silent is given up', async () => {
    const silent = scriptedUpstream(['We are', 5_000])
    const { ask } = observedGateway([silent], { limits: { silenceMs: 50 } })
    expect(await heardIn(await ask())).toMatchObject({ error: { code: 'upstream_late' } })
    expect(silent.aborted()).toBe(1)
  })

  test('by never ending is given up', async () => {
    const { ask } = observedGateway(
      [scriptedUpstream(Array.from({ length: 100 }, () => ['on ', 10]).flat())],
      {
        limits: { totalMs: 100 },
      },
    )
    expect(await heardIn(await ask())).toMatchObject({ error: { code: 'upstream_late' } })
  })
})

describe('buffer words', () => {
  const slow = () => scriptedUpstream([120, 'We are', ' open.'])
  const bufferWords = { afterMs: 40, words: ['Hm', 'Well…'] }

  test('are said once where an answer is slow, in one envelope with it', async () => {
    const { ask, records } = observedGateway([slow()], { bufferWords })
    const heard = await heardIn(await ask())
    expect(heard.text).toMatch(/^(?:Hm|Well)\.\.\. We are open\.$/)
    expect(heard).toMatchObject({ finish: ['stop'], isDone: true, roles: ['assistant'] })
    expect(heard.ids.size).toBe(1)
    expect(records[0]).toMatchObject({ bufferWords: 1 })
    expect(records[0]!.firstContentMs).toBeGreaterThanOrEqual(100)
  })

  test('are the same for the same request and seed', async () => {
    const heard = async (seed: number) => {
      const { ask } = observedGateway([slow()], { bufferWords: { ...bufferWords, seed } })
      return (await heardIn(await ask())).text
    }
    expect(await heard(1)).toBe(await heard(1))
  })

  test.each([
    ['where the answer is there', good(), {}],
    ['where nothing is streamed', slow(), { stream: false }],
    [
      'to the result of a tool',
      slow(),
      {
        messages: [
          { role: 'user', content: 'Hi.' },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          { role: 'tool', content: '1', tool_call_id: 'a' },
        ],
      },
    ],
  ])('are not said %s', async (_, upstream, body) => {
    const { ask, records } = observedGateway([upstream], { bufferWords })
    await (await ask({ body })).text()
    expect(records).toMatchObject([{ bufferWords: 0 }])
  })

  test('are said in the language of the caller', async () => {
    const { ask } = observedGateway([slow()], {
      bufferWords: { afterMs: 40, byLanguage: { de: ['Moment'], en: ['One moment'] } },
    })
    const messages = [{ role: 'user', content: 'Ich möchte bitte meine Bestellung stornieren.' }]
    expect((await heardIn(await ask({ body: { messages } }))).text).toBe('Moment... We are open.')
  })

  test('are followed by an error event, where no answer comes', async () => {
    const { ask } = observedGateway([scriptedUpstream([60, failed()])], {
      bufferWords,
      fallback: { retries: 0 },
    })
    expect(await heardIn(await ask())).toMatchObject({
      error: { code: 'upstream_failed' },
      isDone: false,
    })
  })
})

describe('an apology', () => {
  test('is said in place of an answer that does not come, and ends well', async () => {
    const { ask, records } = observedGateway([scriptedUpstream([500, 'Late.'])], {
      apology: 'Please ask again.',
      limits: { firstContentMs: 40 },
    })
    expect(await heardIn(await ask())).toMatchObject({
      text: 'Please ask again.',
      finish: ['stop'],
      isDone: true,
      roles: ['assistant'],
    })
    expect(records).toMatchObject([{ outcome: 'apologized', status: 200, upstream: null }])
  })

  test('is not said where the gateway is set up wrongly', async () => {
    const { ask } = observedGateway([scriptedUpstream([new UpstreamError('unauthorized', 'no')])], {
      apology: 'Please ask again.',
    })
    expect((await ask()).status).toBe(502)
  })
})

describe('a caller who leaves', () => {
  test.each([
    ['before there is an answer', [5_000, 'We are']],
    ['within it', ['We are', 5_000, ' open.']],
  ])('%s ends the request upstream', async (_, script) => {
    const upstream = scriptedUpstream(script)
    const { ask, gateway, records } = observedGateway([upstream])
    const leaving = new AbortController()
    const response = ask({ signal: leaving.signal }).then((each) => each.text())
    response.catch(() => {})
    await expect.poll(() => upstream.asked.length).toBe(1)
    await sleep(20)
    leaving.abort()
    await expect.poll(upstream.aborted).toBe(1)
    // What was asked may be billed, whether it was answered or not.
    const attempts = [{ upstream: 'scripted', fault: null }]
    await expect.poll(() => records).toMatchObject([{ outcome: 'client-left', attempts }])
    expect(gateway.underWay).toBe(0)
  })
})

describe('turns of one conversation', () => {
  const named = { elevenlabs_extra_body: { conversation_id: 'c1' } }
  const slow = () => scriptedUpstream(['We', 200, ' are open.'])
  const slowAtFirst = () => scriptedUpstream(['We', 5_000], ['We', ' are open.'])

  test('end the older one where a newer one comes', async () => {
    const upstream = slowAtFirst()
    const { ask, records } = observedGateway([upstream])
    const older = ask({ body: named }).then(heardIn)
    await expect.poll(() => upstream.asked.length).toBe(1)
    await sleep(20)
    const newer = await heardIn(
      await ask({ body: { ...named, messages: [{ role: 'user', content: 'Or not?' }] } }),
    )
    expect(newer.text).toBe('We are open.')
    expect(await older).toMatchObject({ text: 'We', finish: ['stop'], isDone: true })
    expect(upstream.aborted()).toBe(1)
    expect(records.map(({ outcome }) => outcome).toSorted()).toEqual(['answered', 'superseded'])
  })

  test.each([
    ['that names none', {}, {}, undefined],
    ['with another name', named, { elevenlabs_extra_body: { conversation_id: 'c2' } }, undefined],
    ['where that is not wanted', named, named, { cancelOlder: false }],
  ])('leave a request alone %s', async (_, one, other, turns) => {
    const upstream = slow()
    const { ask } = observedGateway([upstream], turns ? { turns } : {})
    const messages = [{ role: 'user', content: 'Or not?' }]
    const both = await Promise.all([ask({ body: one }), ask({ body: { ...other, messages } })])
    const texts = await Promise.all(both.map(async (each) => (await heardIn(each)).text))
    expect(texts).toEqual(['We are open.', 'We are open.'])
  })

  test('are known by their history, where that is wanted', async () => {
    const upstream = slowAtFirst()
    const { ask } = observedGateway([upstream], { turns: { byHistory: true } })
    const before = [
      { role: 'assistant', content: 'Hello, this is the roastery. How may I help you today?' },
      { role: 'user', content: 'I am looking for a coffee that is not too dark.' },
      { role: 'assistant', content: 'Then I would try the house blend.' },
    ]
    const older = ask({ body: { messages: [...before, { role: 'user', content: 'And' }] } }).then(
      heardIn,
    )
    await expect.poll(() => upstream.asked.length).toBe(1)
    await sleep(20)
    await heardIn(
      await ask({ body: { messages: [...before, { role: 'user', content: 'And then?' }] } }),
    )
    expect((await older).text).toBe('We')
  })

  test('asked twice at the same time are asked upstream once', async () => {
    const upstream = slow()
    const { ask, records } = observedGateway([upstream])
    const both = await Promise.all([ask(), ask()])
    const [one, other] = await Promise.all(both.map((each) => each.text()))
    expect(one).toBe(other)
    expect(upstream.asked).toHaveLength(1)
    expect(records.filter(({ isShared }) => isShared)).toHaveLength(1)
  })

  test('asked twice go on where one caller leaves', async () => {
    const upstream = slow()
    const { ask, records } = observedGateway([upstream])
    const leaving = new AbortController()
    const one = ask({ signal: leaving.signal }).then((each) => each.text())
    one.catch(() => {})
    const other = ask()
    await sleep(30)
    leaving.abort()
    expect((await heardIn(await other)).text).toBe('We are open.')
    expect(upstream.aborted()).toBe(0)
    // It goes on the account of who stayed.
    expect(records).toMatchObject([
      { outcome: 'client-left', attempts: [], isShared: true },
      { outcome: 'answered', attempts: [{ upstream: 'scripted' }], isShared: false },
    ])
  })

  test('asked with different keys share nothing', async () => {
    const upstream = slow()
    const { ask } = observedGateway([upstream])
    await Promise.all([ask({ key: { name: 'a' } }), ask({ key: { name: 'b' } })])
    expect(upstream.asked).toHaveLength(2)
  })
})

test('answers that are under way are ended well when the gateway stops', async () => {
  const { ask, gateway, records } = observedGateway([scriptedUpstream(['We', 5_000])])
  const heard = ask().then(heardIn)
  await expect.poll(() => gateway.underWay).toBe(1)
  await sleep(20)
  gateway.endAll()
  expect(await heard).toMatchObject({ text: 'We', finish: ['stop'], isDone: true })
  expect(records).toMatchObject([{ outcome: 'drained' }])
})

test('an answer that is all said is not ended twice when the gateway stops', async () => {
  const counting = Promise.withResolvers<number>()
  const { ask, gateway } = observedGateway([good()], { countTokens: () => counting.promise })
  const response = await ask()
  await sleep(20)
  gateway.endAll()
  counting.resolve(3)
  expect(await heardIn(response)).toMatchObject({ finish: ['stop'], isDone: true })
})

test('an answer that names the end of reasoning silences no other one', async () => {
  const upstream = scriptedUpstream(['Say </think>.'], ['We are open.'])
  const { ask } = observedGateway([upstream])
  expect((await heardIn(await ask())).text).toBe('Say .')
  expect((await heardIn(await ask())).text).toBe('We are open.')
  expect(upstream.asked).toHaveLength(3)
  expect((await heardIn(await ask())).text).toBe('We are open.')
  expect(upstream.asked).toHaveLength(4)
})

describe('a cache', () => {
  function memory(pace: 'recorded' | 'at-once') {
    const kept = new Map<string, readonly CachedPiece[]>()
    const keyOf = (request: object) => JSON.stringify(request)
    return {
      kept,
      pace,
      get: async (request: object) => kept.get(keyOf(request)),
      set: async (request: object, pieces: readonly CachedPiece[]) =>
        void kept.set(keyOf(request), pieces),
    }
  }

  test.each([['recorded', 100] as const, ['at-once', 0] as const])(
    'gives an answer again, %s',
    async (pace, least) => {
      const upstream = scriptedUpstream(['We are', 110, ' open.'])
      const { ask, records } = observedGateway([upstream], { cache: memory(pace) })
      const first = await heardIn(await ask())
      const began = performance.now()
      const second = await heardIn(await ask())
      const ms = performance.now() - began
      expect(second).toMatchObject({
        text: 'We are open.',
        finish: ['stop'],
        isDone: true,
        roles: ['assistant'],
      })
      expect([...first.ids].filter((id) => second.ids.has(id))).toEqual([])
      expect(upstream.asked).toHaveLength(1)
      expect(ms).toBeGreaterThanOrEqual(least)
      expect(records).toMatchObject([
        { cache: 'miss' },
        { cache: 'hit', upstream: null, usage: null },
      ])
    },
  )

  const never = () => new Promise<never>(() => {})
  const fail = () => {
    throw new Error('down')
  }
  test.each<[string, Pick<AnswerCache, 'get' | 'set'>]>([
    ['throws', { get: fail, set: fail }],
    ['rejects', { get: async () => fail(), set: async () => fail() }],
    ['hangs', { get: never, set: never }],
    ['holds what others wrote', { get: async () => [{ atMs: 0, chunk: {} }], set: async () => {} }],
  ])('that %s costs no answer', async (_, cache) => {
    const { ask, records } = observedGateway([good()], { cache: { ...cache, pace: 'at-once' } })
    const heard = await heardIn(await ask())
    expect(heard).toMatchObject({ text: 'We are open.', isDone: true })
    expect(records).toMatchObject([{ outcome: 'answered', cache: 'miss' }])
  })

  test('keeps neither buffer words, nor what calls a tool, nor what broke off', async () => {
    const cache = memory('at-once')
    const call = {
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [
              { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
            ],
          },
          finish_reason: null,
        },
      ],
    }
    const upstream = scriptedUpstream(
      [call],
      ['We', new UpstreamError('broken', 'b')],
      [80, 'We are open.'],
    )
    const { ask } = observedGateway([upstream], { cache, bufferWords: { afterMs: 20 } })
    for (const content of ['1', '2', '3'])
      await (await ask({ body: { messages: [{ role: 'user', content }] } })).text()
    expect(cache.kept.size).toBe(1)
    expect(JSON.stringify([...cache.kept.values()])).not.toContain('...')
  })
})

describe('an answer that a filter leaves nothing of', () => {
  const filtered = () =>
    scriptedUpstream(['', { choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] }])

  test('is told as such', async () => {
    const { ask, records } = observedGateway([filtered()])
    const response = await ask()
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({
      error: { code: 'upstream_filtered', message: expect.stringContaining('content filter') },
    })
    const why = 'the answer says nothing (finish_reason content_filter)'
    const attempt = { fault: 'filtered', why }
    expect(records).toMatchObject([{ outcome: 'failed', attempts: [attempt, attempt] }])
  })

  test('is asked of the next one', async () => {
    const { ask } = observedGateway([filtered(), good()])
    expect(await heardIn(await ask())).toMatchObject({ text: 'We are open.', isDone: true })
  })

  test('closes the upstream to nobody', async () => {
    const strict = filtered()
    const { ask } = observedGateway([strict, good()], { fallback: { retries: 0 } })
    for (const _ of [1, 2, 3, 4]) await heardIn(await ask())
    expect(strict.asked).toHaveLength(4)
  })
})

describe('what an upstream does not tell it took', () => {
  const countTokens = async (text: string) => text.length

  test('is counted, and told to who asks for it', async () => {
    const { ask, records } = observedGateway([good()], { countTokens })
    const { chunks } = await heardIn(
      await ask({ body: { stream_options: { include_usage: true } } }),
    )
    const usage = { prompt_tokens: expect.any(Number) as number, completion_tokens: 12 }
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage })
    expect(records).toMatchObject([{ usage: { output: 12, source: 'counted' } }])
  })

  test('is counted as far as it came, where the caller leaves', async () => {
    const upstream = scriptedUpstream(['We are', 5_000, ' open.'])
    const { ask, records } = observedGateway([upstream], {
      countTokens,
      bufferWords: { afterMs: 0, words: ['Hm'] },
    })
    const leaving = new AbortController()
    const { body } = await ask({ signal: leaving.signal })
    let heard = ''
    for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
      heard += piece
      if (heard.includes('We are')) break
    }
    leaving.abort()
    const usage = { input: expect.any(Number) as number, output: 6, source: 'counted' }
    await expect.poll(() => records).toMatchObject([{ outcome: 'client-left', usage }])
  })

  test.each<[string, () => Promise<number>]>([
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['hangs', () => new Promise<never>(() => {})],
  ])('is not counted by what %s', async (_, countOf) => {
    const { ask, records } = observedGateway([good()], { countTokens: countOf })
    expect(await heardIn(await ask())).toMatchObject({ text: 'We are open.', isDone: true })
    expect(records).toMatchObject([{ outcome: 'answered', usage: null }])
  })

  const saying = (delta: JsonObject, index = 0) => ({
    choices: [{ index, delta, finish_reason: null }],
  })
  const called = { name: 'look_up', arguments: '{"day":"Monday"}' }

  test.each<[string, JsonObject[], Partial<GatewayOptions>, object]>([
    [
      'a call',
      [saying({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: called }] })],
      {},
      { output: '\nlook_up\n{"day":"Monday"}'.length },
    ],
    [
      'a call as before there were tools',
      [saying({ function_call: called })],
      {},
      { output: '\nlook_up\n{"day":"Monday"}'.length },
    ],
    [
      'another choice',
      [saying({ content: 'Yes.' }), saying({ content: 'No.' }, 1)],
      {},
      { output: 'Yes.No.'.length },
    ],
    ['a refusal', [saying({ refusal: 'I cannot.' })], {}, { output: 'I cannot.'.length }],
    ...(['drop', 'send'] as const).map((reasoning): [string, JsonObject[], object, object] => [
      `reasoning (${reasoning})`,
      [saying({ reasoning_content: 'Hm.' }), saying({ content: 'Yes.' })],
      { reasoning },
      { output: 'Hm.Yes.'.length, reasoning: 'Hm.'.length },
    ]),
  ])('is counted of %s, too', async (_, script, options, usage) => {
    const upstream = scriptedUpstream(script)
    const { ask, records } = observedGateway([upstream], { countTokens, ...options })
    await (await ask({ body: { n: script.length } })).text()
    expect(records).toMatchObject([{ outcome: 'answered', usage }])
  })

  test('is told to nobody else', async () => {
    const { ask, records } = observedGateway([good()], { countTokens })
    const { chunks } = await heardIn(await ask())
    expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true)
    expect(records).toMatchObject([{ usage: { source: 'counted' } }])
  })

  test('is left out of a whole answer where nobody counts', async () => {
    const { ask } = observedGateway([good()])
    expect(await (await ask({ body: { stream: false } })).json()).not.toHaveProperty('usage')
  })

  test('is told with a whole answer', async () => {
    const { ask } = observedGateway([good()], { countTokens })
    const response = await ask({ body: { stream: false } })
    expect(await response.json()).toMatchObject({ usage: { completion_tokens: 12 } })
  })
})

test('what a hook throws is told to who runs the gateway, and not to the caller', async () => {
  const told: unknown[] = []
  const { ask } = observedGateway([good()], {
    onExtraBody() {
      throw new Error('no such customer: sk-canary')
    },
    onError: (error) => told.push(error),
  })
  const response = await ask()
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('canary')
  expect(told).toMatchObject([{ message: 'no such customer: sk-canary' }])
})
