import { gzipSync } from 'node:zlib'
import { request as ask } from 'undici'
import { describe, expect, test } from 'vitest'
import {
  type ChatRequest,
  mockFetch,
  type ResponseStyle,
  type Scenario,
} from '../../src/mocks/index.ts'
import { loadScenarios } from '../../src/mocks/node.ts'
import { type Dialect, dialects, type JsonObject, responses } from '../../src/protocol/index.ts'
import { offering, post, saying } from '../support/chat.ts'
import { EACH_FRONT, type Front } from '../support/fronts.ts'

const MORE: Scenario[] = [
  { when: { user: 'emoji' }, then: 'Family 👨‍👩‍👧‍👦, flag 🇩🇪, nǐ hǎo 你好, é' },
  {
    when: { user: 'both' },
    then: {
      calls: [{ name: 'a', arguments: { x: [1, '{{user}}'] } }, { name: 'b' }],
      interleave: true,
    },
  },
  {
    when: { user: 'refuse' },
    then: { refusal: 'I would rather not, {{faker.person.firstName}}.' },
  },
  { when: { user: 'break' }, then: { text: 'One two three', error: { afterTokens: 2 } } },
  { when: { user: 'several' }, then: { messages: [{ text: 'One.' }, { text: 'Two.' }] } },
  { when: { user: 'paced' }, then: { text: 'Slow now', pacing: { ttft: 20, gap: 10 } } },
  { when: { user: 'bytes' }, then: { text: 'Né', fault: 'network/byte-per-packet' } },
]

const REQUESTS: ChatRequest[] = [
  saying('emoji'),
  saying('emoji', { stream: false }),
  saying('both', offering('a', 'b')),
  saying('refuse', { n: 2 }),
  saying('break'),
  saying('several'),
  saying('paced', { stream_options: { include_usage: true } }),
  saying('bytes'),
  saying('table'),
  saying('riddle', { stream_options: { include_usage: true } }),
  saying('order A1042', offering('lookup_order')),
  saying('Tell me a story', { max_tokens: 20 }),
  saying('no such thing', { tool_choice: 'required', ...offering('f') }),
  { model: 'm', messages: [] },
  { ...saying('x'), stream: 'true' as unknown as boolean },
]

/** In which the Responses API is written. */
const STYLES: (ResponseStyle | undefined)[] = [
  undefined,
  { events: 'minimal', done: true, eventLines: false, error: 'both' },
]

async function answersOf(
  start: (typeof EACH_FRONT)[number][1],
  dialect: Dialect,
  style?: ResponseStyle,
) {
  const scenarios = [...MORE, ...(await loadScenarios('fixtures/scenarios'))]
  const { baseURL, fetch } = await start({ scenarios, seed: 3, ...(style && { responses: style }) })
  const answers = []
  for (const request of REQUESTS) {
    const asked = dialect.makeRequest(request as unknown as JsonObject) as unknown as ChatRequest
    const response = await post(fetch, asked, {}, `${baseURL}${dialect.path}`)
    const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
    answers.push({ status: response.status, type: response.headers.get('content-type'), body })
  }
  return answers
}

describe.each(dialects)(
  'the same scenarios and requests, in $id, give the same bytes',
  (dialect) => {
    test.each(EACH_FRONT)('on %s as on the server', async (_, start) => {
      const expected = await answersOf(EACH_FRONT[0]![1], dialect)
      expect(await answersOf(start, dialect)).toEqual(expected)
      expect(expected.map(({ status }) => status)).toEqual([
        200, 200, 200, 200, 200, 200, 200, 200, 429, 200, 200, 200, 200, 400, 400,
      ])
    })
  },
)

test.each(EACH_FRONT)('on %s as on the server, in another style', async (_, start) => {
  const [usual, styled] = await Promise.all(
    STYLES.map((style) => answersOf(EACH_FRONT[0]![1], responses, style)),
  )
  expect(await answersOf(start, responses, STYLES[1])).toEqual(styled)
  expect(styled).not.toEqual(usual)
})

describe.each(EACH_FRONT)('on %s', (_, start) => {
  test('models are listed, and other paths are unknown', async () => {
    const { baseURL, fetch } = await start({ modelNames: ['one'] })
    expect(await (await fetch(`${baseURL}/models`)).json()).toMatchObject({ data: [{ id: 'one' }] })
    const refused = await post(fetch, saying('x'), {}, `${baseURL}/chat/completions`)
    expect(refused.status).toBe(404)
  })

  test('a predicate sees the names of headers in lower case', async () => {
    const predicate: NonNullable<Scenario['when']>['predicate'] = (_request, { headers }) =>
      headers.some(([name, value]) => name === 'x-tenant' && value === 'North')
    const scenarios = [{ when: { predicate }, then: 'Hello.' }]
    const { baseURL, fetch } = await start({ scenarios, strict: true })
    const url = `${baseURL}/chat/completions`
    // Not `fetch`: it would send the name in lower case.
    const answer = baseURL.startsWith('http://127')
      ? await ask(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'X-Tenant': 'North' },
          body: JSON.stringify(saying('x')),
        })
      : await post(fetch, saying('x'), { 'X-Tenant': 'North' }, url)
    expect('statusCode' in answer ? answer.statusCode : answer.status).toBe(200)
  })

  test('a byte order mark is no part of a request', async () => {
    const front = await start({ scenarios: [{ then: 'Hi.' }], strict: true })
    const response = await front.fetch(`${front.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `\uFEFF${JSON.stringify(saying('x'))}`,
    })
    expect(response.status).toBe(200)
    await response.text()
    expect(front.journal.entries()[0]!.body).toMatch(/^\{/)
  })

  test('a request that is compressed is told so, whatever was asked before', async () => {
    const { baseURL, fetch } = await start({ scenarios: [{ then: 'Hi.' }] })
    const asked = async (body: string | Uint8Array<ArrayBuffer>, headers = {}) => {
      const response = await fetch(`${baseURL}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      return { status: response.status, text: await response.text() }
    }
    const plain = JSON.stringify(saying('x'))
    const coded = await asked(new Uint8Array(gzipSync(plain)), { 'content-encoding': 'gzip' })
    expect(coded).toMatchObject({
      status: 415,
      text: expect.stringContaining('coded as \\"gzip\\"'),
    })
    expect(await asked(plain, { 'content-encoding': 'br' })).toMatchObject({ status: 415 })
    expect(await asked(plain, { 'content-encoding': 'identity' })).toMatchObject({ status: 200 })
  })

  test('another method is not allowed', async () => {
    const { baseURL, fetch } = await start({})
    expect((await fetch(`${baseURL}/chat/completions`)).status).toBe(405)
  })

  test('what is no completion bears the number that it has on the server', async () => {
    const numbers = async (front: Front) =>
      Promise.all(
        ['/models', '/models/x', '/chat/completions'].map(async (path) =>
          (await front.fetch(front.baseURL + path)).headers.get('x-request-id'),
        ),
      )
    const expected = await numbers(await EACH_FRONT[0]![1]({}))
    expect(new Set(expected).size).toBe(3)
    expect(await numbers(await start({}))).toEqual(expected)
  })
})

test('what cannot be asked is a rejection, as of fetch', async () => {
  const asked = mockFetch()('/v1/chat/completions')
  await expect(asked).rejects.toThrow(TypeError)
})
