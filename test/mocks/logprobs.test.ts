import { describe, expect, test } from 'vitest'
import { type ChatRequest, mockFetch, type Scenario } from '../../src/mocks/index.ts'
import { type JsonObject, openaiChunkSchema, compileSchema } from '../../src/protocol/index.ts'
import { offering, payloads, post, saying } from '../support/chat.ts'

interface Likely {
  readonly token: string
  readonly logprob: number
  readonly bytes: readonly number[]
}
interface Logprobs {
  readonly content: readonly (Likely & { readonly top_logprobs: readonly Likely[] })[] | null
  readonly refusal: Logprobs['content']
}
interface Choice {
  readonly message: { readonly content: string }
  readonly delta: { readonly role?: string; readonly content?: string; readonly refusal?: string }
  readonly logprobs: Logprobs | null
}
interface Body {
  readonly choices: readonly Choice[]
  readonly usage: { readonly completion_tokens: number }
}

const TEXT = "Hi 👩‍👩‍👧‍👦 there, Ägäis: don’t 漢字.\n\nIt is 3,141 o'clock."
const SCENARIOS: Scenario[] = [
  { when: { user: 'hello' }, then: TEXT },
  { when: { user: 'wait' }, then: { bufferWords: 'One moment... ', text: 'Here.' } },
  { when: { user: 'think' }, then: { reasoning: 'Hm, well.', text: 'Here.' } },
  { when: { user: 'refuse' }, then: { refusal: 'I cannot help with that.' } },
  { when: { user: 'call' }, then: { calls: [{ name: 'f', arguments: { x: 1 } }] } },
]
const ASKED = { logprobs: true, top_logprobs: 4 }
const utf8 = new TextDecoder()

function ask(user: string, rest: Partial<ChatRequest>): Promise<Response> {
  return post(mockFetch({ scenarios: SCENARIOS }), saying(user, rest))
}

async function whole(user: string, rest: Partial<ChatRequest> = {}): Promise<Body> {
  return (await (await ask(user, { stream: false, ...rest })).json()) as Body
}

async function streamed(user: string, rest: Partial<ChatRequest> = {}): Promise<Choice[]> {
  const data = await payloads(await ask(user, rest))
  const chunks = data.slice(0, -1).map((each) => JSON.parse(each) as JsonObject)
  const isChunk = compileSchema(openaiChunkSchema)
  for (const chunk of chunks) expect([chunk, isChunk(withoutNull(chunk))]).toEqual([chunk, []])
  return chunks.map((chunk) => (chunk as unknown as Body).choices[0]!)
}

/** The specification does not know that they may be null. */
function withoutNull(chunk: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(chunk).replaceAll('"logprobs":null,', '')) as JsonObject
}

function written(tokens: Logprobs['content']): string {
  return utf8.decode(Uint8Array.from(tokens!.flatMap(({ bytes }) => bytes)))
}

test('there are none, as null, unless they are asked for', async () => {
  for (const rest of [{}, { logprobs: false }, { logprobs: null }]) {
    expect((await whole('hello', rest)).choices[0]!.logprobs).toBeNull()
    for (const { logprobs } of await streamed('hello', rest)) expect(logprobs).toBeNull()
  }
})

describe('when they are asked for', () => {
  test('there is one for each token', async () => {
    const { choices, usage } = await whole('hello', ASKED)
    const { content, refusal } = choices[0]!.logprobs!
    expect(content).toHaveLength(usage.completion_tokens)
    expect(written(content)).toBe(TEXT)
    expect(refusal).toBeNull()
    for (const { token, bytes } of content!) {
      if (token.includes('\\x')) expect(token).toMatch(/^ ?(?:\\x[0-9a-f]{2})+$/)
      else expect([...Buffer.from(token)]).toEqual(bytes)
    }
  })

  test('they are probabilities, the likeliest first, of tokens that differ', async () => {
    const { content } = (await whole('hello', ASKED)).choices[0]!.logprobs!
    for (const { top_logprobs: top, ...chosen } of content!) {
      expect(top).toHaveLength(4)
      expect(top[0]).toEqual(chosen)
      expect(new Set(top.map(({ token }) => token)).size).toBe(4)
      const logprobs = top.map(({ logprob }) => logprob)
      expect(logprobs).toEqual(logprobs.toSorted((a, b) => b - a))
      const sum = logprobs.reduce((all, each) => all + Math.exp(each), 0)
      expect(sum).toBeLessThan(1 + 1e-6)
    }
    expect(new Set(content!.map(({ logprob }) => logprob)).size).toBeGreaterThan(10)
  })

  test('a stream tells, with each delta, those of its tokens', async () => {
    const [role, ...rest] = await streamed('hello', ASKED)
    expect(role).toMatchObject({ delta: { role: 'assistant' }, logprobs: { content: [] } })
    expect(rest.pop()).toMatchObject({ delta: {}, logprobs: null })
    for (const { delta, logprobs } of rest) expect(written(logprobs!.content)).toBe(delta.content)
    // A grapheme is never split, so some of them are of many tokens.
    expect(rest.map(({ delta }) => delta.content)).toContain(' 👩‍👩‍👧‍👦')
    const all = rest.flatMap(({ logprobs }) => logprobs!.content!)
    expect(all).toEqual((await whole('hello', ASKED)).choices[0]!.logprobs!.content)
  })

  test('there are as many others as are asked for', async () => {
    for (const top of [undefined, 0, 1, 20]) {
      const rest = { logprobs: true, ...(top !== undefined && { top_logprobs: top }) }
      const { content } = (await whole('hello', rest)).choices[0]!.logprobs!
      for (const each of content!) expect(each.top_logprobs).toHaveLength(top ?? 0)
    }
  })

  test('words said while the rest is waited for have some, reasoning and calls none', async () => {
    const waited = (await whole('wait', ASKED)).choices[0]!.logprobs
    expect(written(waited!.content)).toBe('One moment... Here.')
    const thought = (await whole('think', ASKED)).choices[0]!.logprobs
    expect(written(thought!.content)).toBe('Here.')
    const called = { ...ASKED, ...offering('f') }
    expect((await whole('call', called)).choices[0]!.logprobs).toBeNull()
    for (const { logprobs } of await streamed('call', called)) expect(logprobs).toBeNull()
  })

  test('a refusal has its own', async () => {
    const { content, refusal } = (await whole('refuse', ASKED)).choices[0]!.logprobs!
    expect(content).toBeNull()
    expect(written(refusal)).toBe('I cannot help with that.')
    const chunks = (await streamed('refuse', ASKED)).slice(1, -1)
    for (const { delta, logprobs } of chunks) {
      expect(written(logprobs!.refusal)).toBe(delta.refusal)
    }
  })

  test('each choice has its own', async () => {
    const { choices } = await whole('hello', { ...ASKED, n: 2 })
    expect(choices[0]!.logprobs).not.toEqual(choices[1]!.logprobs)
  })

  test('what is cut at a limit has as many as the limit', async () => {
    const { content } = (await whole('hello', { ...ASKED, max_tokens: 1 })).choices[0]!.logprobs!
    expect(written(content)).toBe('Hi')
  })

  test('a request that would get millions is refused', async () => {
    const scenarios = [{ then: 'some words '.repeat(4_000) }]
    const request = saying('x', { logprobs: true, top_logprobs: 20 })
    const refused = await post(mockFetch({ scenarios }), request)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      error: { param: 'logprobs', message: expect.stringContaining('100,000') as string },
    })
  })
})
