import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type JournalEntry,
  jsonReply,
  mockFetch,
  type Reply,
  type Scenario,
} from '../../src/mocks/index.ts'
import type { Ending } from '../../src/wire/index.ts'
import { post, saying } from '../support/chat.ts'
import { EACH_FRONT, type Front } from '../support/fronts.ts'

const ask = (front: Front, user: string, headers: Record<string, string> = {}) =>
  post(front.fetch, saying(user), headers, `${front.baseURL}/chat/completions`)

const asking = (user: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(saying(user)),
})

const SLOW: Scenario = {
  name: 'slow',
  when: { user: 'slow' },
  then: { text: Array(30).fill('word').join(' '), pacing: { ttft: 20, gap: 1_000 } },
}
const PACED = { text: 'one two three four', pacing: { ttft: 0, gap: 10_000 } }
const UNSENDABLE = jsonReply(200, {}, [['x-broken', 'a\nb']])
const QUICK: Scenario = { name: 'quick', then: 'Hello there.' }

describe.each(EACH_FRONT)('the journal of %s', (name, start) => {
  test('tells what matched, what was planned, and when it was written', async () => {
    const pacing = { ttft: 20, gap: 10 }
    const front = await start({ scenarios: [{ ...QUICK, then: { text: 'Hello there.', pacing } }] })
    const response = await ask(front, 'Hi', { authorization: 'Bearer sesame-1234' })
    await response.text()
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('complete')
    const [entry] = front.journal.entries()
    expect(entry).toMatchObject({
      id: 1,
      method: 'POST',
      status: 200,
      why: { scenario: 'quick', held: [], misses: [] },
      frames: { planned: 6, written: 6, flushed: 6 },
    })
    expect(entry!.writes.map(({ frames, dueMs }) => [frames, dueMs])).toEqual([
      [2, 20],
      [3, 30],
      [6, 40],
    ])
    for (const { dueMs, writtenMs } of entry!.writes) {
      expect(writtenMs).toBeGreaterThanOrEqual(dueMs)
      expect(writtenMs).toBeLessThan(dueMs + 60_000)
    }
    expect(JSON.stringify(entry)).not.toContain('sesame')
  })

  test('tells the misses of what no scenario matched', async () => {
    const front = await start({ scenarios: [SLOW], strict: true })
    await (await ask(front, 'Hi')).text()
    expect(front.journal.entries()[0]!.why).toEqual({
      scenario: null,
      held: [],
      misses: [{ scenario: 'slow', held: 0, failed: ['user says "Hi", not "slow"'] }],
    })
  })

  test('shows no secret', async () => {
    const when = {
      header: { authorization: 'Bearer sk-WANTED', 'x-tenant': 'b' },
      elevenlabs_extra_body: { api_key: 'sk-WANTED' },
    }
    const front = await start({ scenarios: [{ name: 'mine', when, then: 'x' }], strict: true })
    const headers = {
      authorization: 'Bearer sk-SECRET',
      'Ocp-Apim-Subscription-Key': 'sk-SECRET',
      'X-Auth': 'sk-SECRET',
      'x-tenant': 'a',
    }
    const request = saying('Hi', { elevenlabs_extra_body: { api_key: 'sk-OTHER' } })
    const url = `${front.baseURL}/chat/completions?model=m&api_key=sk-SECRET&v=1`
    const answer = await (await post(front.fetch, request, headers, url)).text()
    expect(answer).toContain(
      'header authorization differs, header x-tenant is not \\"b\\"; ' +
        'elevenlabs_extra_body.api_key differs',
    )
    const { body: __, ...entry } = JSON.parse(
      JSON.stringify(front.journal.entries()[0]),
    ) as JournalEntry
    const shown = JSON.stringify(entry)
    expect(entry.url).toMatch(/\?model=m&api_key=\[redacted\]&v=1$/)
    expect(shown).toContain('["x-tenant","a"]')
    expect(shown + answer).not.toMatch(/sk-/)
  })

  test('keeps scopes apart', async () => {
    const front = await start({ scenarios: [QUICK], strict: true })
    front.add([{ name: 'mine', then: 'Mine.' }], 'one')
    expect(await (await ask(front, 'Hi', { 'x-soundcheck-scope': 'one' })).text()).toContain('Mine')
    expect(await (await ask(front, 'Hi', { 'x-soundcheck-scope': 'two' })).text()).toContain(
      'Hello',
    )
    await (await ask(front, 'Hi', { authorization: 'Bearer a-key-of-mine' })).text()
    expect(front.journal.entries('one')).toHaveLength(1)
    expect(new Set(front.journal.entries().map(({ scope }) => scope)).size).toBe(3)
    front.reset('one')
    expect(front.journal.entries('one')).toEqual([])
    expect(front.journal.entries()).toHaveLength(2)
    expect(await (await ask(front, 'Hi', { 'x-soundcheck-scope': 'one' })).text()).toContain(
      'Hello',
    )
  })

  test.each<[string, unknown]>([
    ['has a header that cannot be sent', UNSENDABLE],
    ['has a header that cannot be sent later', { ...UNSENDABLE, headersAtMs: 10 }],
  ])('ends the entry of an answer that %s', async (__, answer) => {
    silenceMsw()
    const front = await start({ model: async () => answer as Reply })
    const response = await ask(front, 'Hi').catch(() => undefined)
    expect(response?.status ?? 500).toBe(500)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('hang-up')
    expect(front.journal.underWay).toBe(0)
  })

  test.each<[string, () => Promise<Reply>]>([
    ['gives no answer', async () => undefined as unknown as Reply],
    ['throws', () => Promise.reject(new Error('out of words'))],
  ])('tells how a model that %s is answered', async (__, model) => {
    silenceMsw()
    const front = await start({ model })
    const response = await ask(front, 'Hi').catch(() => undefined)
    await response?.text()
    // Only the server answers in words of its own.
    const told =
      name === 'server'
        ? { ending: 'complete', status: 500, frames: { planned: 1, written: 1 } }
        : { ending: 'hang-up', status: null }
    await expect.poll(() => front.journal.entries()[0]).toMatchObject(told)
    expect(response?.status ?? 500).toBe(500)
    expect(front.journal.underWay).toBe(0)
  })

  test('stays within its bound', async () => {
    const front = await start({ scenarios: [QUICK] })
    for (let i = 0; i < 1_100; i++) await (await ask(front, `Hi ${i}`)).text()
    const entries = front.journal.entries()
    expect(entries.length).toBeLessThanOrEqual(1_000)
    expect(entries.at(-1)!.id).toBe(1_100)
    expect(front.journal.dropped()).toBe(1_100 - entries.length)
    expect(front.journal.dropped('other')).toBe(0)
    front.reset()
    expect(front.journal.dropped()).toBe(0)
  })
})

/** It prints what a handler throws. */
function silenceMsw(): void {
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => printed.mockRestore())
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Aborts when all that nobody refers to is gone; the abort must reach who answers. */
async function leaveAfterCollection(response: Response, client: AbortController): Promise<void> {
  const reader = response.body!.getReader()
  await reader.read()
  for (let i = 0; i < 3; i++) {
    await sleep(5)
    collectGarbage()
  }
  client.abort()
  const readToTheEnd = async () => {
    while (!(await reader.read()).done);
  }
  await expect(readToTheEnd()).rejects.toThrow('aborted')
}

/** Lasts longer than a collection on a busy machine. */
const ENDLESS: Scenario = { then: { text: 'one two three', pacing: { ttft: 20, gap: 10_000 } } }

describe.each(EACH_FRONT)('a client of %s that leaves', (_, start) => {
  test('is noticed after a garbage collection too', async () => {
    const front = await start({ scenarios: [ENDLESS] })
    const client = new AbortController()
    const response = await front.fetch(`${front.baseURL}/chat/completions`, {
      ...asking('slow'),
      signal: client.signal,
    })
    await leaveAfterCollection(response, client)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('stops the writing within one frame, and the journal tells when', async () => {
    const front = await start({ scenarios: [SLOW] })
    const client = new AbortController()
    const response = await front.fetch(`${front.baseURL}/chat/completions`, {
      ...asking('slow'),
      signal: client.signal,
    })
    await response.body!.getReader().read()
    client.abort()
    const [entry] = front.journal.entries()
    await expect.poll(() => entry!.ending).toBe('client-left')
    const { written, planned } = entry!.frames
    expect(planned).toBe(33)
    await sleep(1_250)
    expect(entry!.frames.written).toBe(written)
    // The role and the first word, one a second until it was noticed, and one frame more at most.
    expect(written).toBeLessThanOrEqual(3 + Math.floor(entry!.endedMs! / 1_000))
  })
})

type Leave = (response: Response, client: AbortController) => unknown

const cancelled: Leave = (response) => response.body!.cancel()
const aborted: Leave = (_, client) => client.abort()
const readAndAborted: Leave = async (response, client) => {
  await response.body!.getReader().read()
  client.abort()
}

describe.each(EACH_FRONT)('on %s, how an answer ended', (_, start) => {
  test.each<[string, Scenario['then'], Leave, Ending]>([
    ['an error whose body is not wanted', { error: { status: 429 } }, cancelled, 'complete'],
    ['an error left unread', { error: { status: 429 } }, aborted, 'complete'],
    ['a stream that came at once', 'One two three.', readAndAborted, 'complete'],
    ['a stream under way', PACED, readAndAborted, 'client-left'],
    ['a stream whose rest is not wanted', PACED, cancelled, 'client-left'],
    ['a stall', { text: 'Hi.', fault: 'network/half-open' }, readAndAborted, 'client-left'],
    ['a break to come', { ...PACED, fault: 'network/reset' }, readAndAborted, 'client-left'],
    ['a break', { text: 'Hi.', fault: 'network/reset' }, aborted, 'hang-up'],
  ])('%s', async (__, then, leave, ending) => {
    const front = await start({ scenarios: [{ then }] })
    const client = new AbortController()
    const response = await front.fetch(`${front.baseURL}/chat/completions`, {
      ...asking('Hi'),
      signal: client.signal,
    })
    // For what is due at once to leave the server.
    await sleep(20)
    await Promise.resolve(leave(response, client)).catch(() => {})
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe(ending)
  })

  test('a client that leaves before there is an answer', async () => {
    silenceMsw()
    const late = Promise.withResolvers<Reply>()
    const front = await start({ model: () => late.promise })
    const client = new AbortController()
    const asked = front.fetch(`${front.baseURL}/chat/completions`, {
      ...asking('Hi'),
      signal: client.signal,
    })
    await expect.poll(() => front.journal.underWay).toBe(1)
    client.abort()
    setTimeout(() => late.resolve(jsonReply(200, {})), 50)
    await expect(asked).rejects.toThrow('aborted')
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })
})

test('a client that sends a Request to fetch is noticed when it leaves, once it is garbage', async () => {
  const fetch = mockFetch({ scenarios: [ENDLESS] })
  const client = new AbortController()
  const url = 'https://mock.test/v1/chat/completions'
  const send = () => fetch(new Request(url, { ...asking('slow'), signal: client.signal }))
  await leaveAfterCollection(await send(), client)
  expect(fetch.journal.entries()[0]!.ending).toBe('client-left')
})
