import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check, type CheckOptions, type Exchange } from '../../src/conformance/index.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import { bodiesReceived } from '../support/bodies-received.ts'
import { referenceServer } from '../support/reference-server.ts'
import { toldSecret } from '../support/tells-secret.ts'

const KEY = 'sk-4aZq7Wm9xKc2Lt5vBn8Ry3'
const OURS = 'You are Ava'
const fixtures = new URL('../../fixtures/requests/', import.meta.url)

/** What is sent to an endpoint, as far as it is a conversation. */
async function sentWith(options: Omit<CheckOptions, 'url'>): Promise<JsonObject[]> {
  const { url, bodies } = await bodiesReceived()
  await check({ url, samples: 1, skip: ['transport'], ...options })
  return bodies.filter(({ messages }) => Array.isArray(messages))
}

function systemPromptsIn({ messages }: JsonObject): string[] {
  return (messages as JsonObject[])
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => content as string)
}

describe('an extra body', () => {
  test.each([
    ['elevenlabs', ({ elevenlabs_extra_body: extra }: JsonObject) => extra],
    ['vapi', ({ metadata }: JsonObject) => metadata],
    ['openai', (body: JsonObject) => body],
    ['livekit', (body: JsonObject) => body],
  ] as const)('is part of every request of a conversation: %s', async (profile, extraIn) => {
    const bodies = await sentWith({ profile, extraBody: { case: 'A1' } })
    expect(bodies.length).toBeGreaterThan(15)
    expect(bodies.map(extraIn)).toEqual(bodies.map(() => expect.objectContaining({ case: 'A1' })))
    expect(bodies.map(({ model }) => model)).toContain('soundcheck-no-such-model')
  })

  test('leaves what a probe says there, but wins', async () => {
    const extraBody = { attempt: 7, tags: { a: [1] } }
    const [turn] = await sentWith({ extraBody, quick: true, only: ['sse/done'] })
    expect(turn!['elevenlabs_extra_body']).toEqual({
      conversation_label: 'soundcheck',
      ...extraBody,
    })
  })

  test('leaves a recorded request as it is', async () => {
    const request = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }
    const replay = [{ name: 'a', request }]
    const wishes = { extraBody: { case: 'A1' }, system: 'Be kind.' }
    expect(await sentWith({ replay, only: ['replay/expected'], ...wishes })).toEqual([request])
  })

  test('may hold a secret, which is not told', async () => {
    const exchanges: Exchange[] = []
    const report = await check({
      url: await referenceServer(),
      extraBody: { tenant: 'blue', api_token: KEY },
      quick: true,
      onExchange: (exchange) => exchanges.push(exchange),
    })
    expect(exchanges[0]!.request.body).toContain('"tenant":"blue"')
    const told = JSON.stringify([report, exchanges.map(({ request }) => request)])
    expect(toldSecret(told, [KEY])).toBeUndefined()
  })

  test.each([
    ['elevenlabs', [], 'it must be a JSON object'],
    ['elevenlabs', { messages: [] }, 'leave out "messages", which each request has of its own'],
    ['vapi', { extra_body: {} }, 'leave out "extra_body", and give what it holds'],
    ['openai', { stream: false }, 'leave out "stream", which each request has of its own'],
    ['hume', { max_tokens: 1 }, 'leave out "max_tokens", which each request has of its own'],
    [
      'elevenlabs',
      Object.fromEntries([1, 2, 3].map((n) => [`token${n}`, `${KEY}${n}`.repeat(20)])),
      'it holds more secrets than can be kept out of reports',
    ],
  ] as const)('of %s cannot be %j', async (profile, extraBody, why) => {
    const url = 'http://127.0.0.1:1/chat/completions'
    const checked = check({ url, profile, extraBody: extraBody as unknown as JsonObject })
    await expect(checked).rejects.toThrow(`the extra body cannot be sent: ${why}`)
  })

  test('within a member, is free to say what the request says too', async () => {
    const extraBody = { model: 'inner' }
    const [turn] = await sentWith({ extraBody, quick: true, only: ['sse/done'] })
    expect(turn).toMatchObject({ model: 'custom-model', elevenlabs_extra_body: extraBody })
  })
})

describe('a system prompt', () => {
  test('takes the place of ours, and of nothing that a probe adds', async () => {
    const bodies = await sentWith({ system: 'Be $& kind.' })
    const prompts = bodies.flatMap(systemPromptsIn)
    expect(prompts.length).toBeGreaterThan(15)
    expect(prompts.filter((prompt) => !prompt.startsWith('Be $& kind.'))).toEqual([])
    expect(JSON.stringify(bodies)).not.toContain(OURS)
    expect(prompts).toContainEqual('Be $& kind. The code word is kaleidoscope.')
  })

  test('of ours is the same in all requests', () => {
    const prompts = readdirSync(fixtures).flatMap((name) => {
      const { request } = JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as {
        request: JsonObject
      }
      return systemPromptsIn(request)
    })
    const shortest = prompts.toSorted((a, b) => a.length - b.length)[0]!
    expect(shortest).toMatch(/^You are Ava/)
    expect(prompts.filter((prompt) => !prompt.startsWith(shortest))).toEqual([])
  })
})
