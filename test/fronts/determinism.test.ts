import { createHash } from 'node:crypto'
import pMap from 'p-map'
import { expect, test } from 'vitest'
import type { ChatRequest, FetchFunction } from '../../src/mocks/index.ts'
import { loadScenarios } from '../../src/mocks/node.ts'
import { dialects, type JsonObject } from '../../src/protocol/index.ts'
import { offering, post, saying } from '../support/chat.ts'
import { EACH_FRONT, FRONTS } from '../support/fronts.ts'
import { startCli } from '../support/start-cli.ts'

const WORDS = ['a table', 'a riddle', 'order A1042', 'Goodbye', 'a story', 'Where are you?']

/** A thousand requests, all different, each in one dialect or the other. */
const REQUESTS = Array.from({ length: 1_000 }, (_, i) => {
  const dialect = dialects[Math.floor(i / 2) % dialects.length]!
  const request = saying(`${WORDS[i % WORDS.length]!}, number ${i}`, {
    stream: i % 3 > 0,
    ...(i % 5 === 0 && { n: 2 }),
    ...(i % 7 === 0 && { stream_options: { include_usage: true } }),
    ...(i % 2 === 0 && offering('end_call', 'lookup_order')),
  })
  return { path: dialect.path, body: dialect.makeRequest(request as unknown as JsonObject) }
})

type Asked = (typeof REQUESTS)[number]

function ask(fetch: FetchFunction, { path, body }: Asked, base = 'https://mock.test/v1') {
  return post(fetch, body as unknown as ChatRequest, {}, `${base}${path}`)
}

/** One hash of all answers, in the order of the requests, however they were sent. */
async function hashOf(
  send: (request: Asked) => Promise<Response>,
  order: readonly number[],
  concurrency: number,
): Promise<string> {
  const hashes: string[] = []
  await pMap(
    order,
    async (i) => {
      const response = await send(REQUESTS[i]!)
      const body = `${response.status} ${await response.text()}`
      hashes[i] = createHash('sha256').update(body).digest('hex')
    },
    { concurrency },
  )
  return createHash('sha256').update(hashes.join()).digest('hex')
}

const IN_ORDER = [...REQUESTS.keys()]
const SHUFFLED = IN_ORDER.toSorted((a, b) => ((a * 7919) % 1_009) - ((b * 7919) % 1_009))

test.each(EACH_FRONT)(
  'a thousand requests to %s: in order or shuffled, one by one or 64 at once, the same bytes',
  async (_, start) => {
    const options = { scenarios: await loadScenarios('fixtures/scenarios'), seed: 5 }
    const one = await start(options)
    const sendTo = (front: typeof one) => (request: Asked) =>
      ask(front.fetch, request, front.baseURL)
    const inOrder = await hashOf(sendTo(one), IN_ORDER, 1)
    one.reset()
    expect(await hashOf(sendTo(one), SHUFFLED, 64)).toBe(inOrder)
  },
)

test('two processes give the same bytes', async () => {
  const scenarios = await loadScenarios('fixtures/scenarios')
  const here = await FRONTS['fetch']!({ scenarios, seed: 5 })
  const child = startCli([
    'serve',
    '--port',
    '0',
    '--seed',
    '5',
    '--scenarios',
    'fixtures/scenarios',
  ])
  try {
    const first = (await child.stdout![Symbol.asyncIterator]().next()).value as Buffer
    const base = /http:[^ ,]+/.exec(first.toString())![0]
    const there = (request: Asked) => ask(globalThis.fetch, request, base)
    const sent = (request: Asked) => ask(here.fetch, request)
    expect(await hashOf(there, SHUFFLED, 64)).toBe(await hashOf(sent, IN_ORDER, 1))
  } finally {
    child.kill('SIGKILL')
  }
})

test('another seed gives other bytes', async () => {
  const [one, other] = await Promise.all([1, 2].map((seed) => FRONTS['fetch']!({ seed })))
  const hash = (front: typeof one) =>
    hashOf((request) => ask(front!.fetch, request), IN_ORDER.slice(0, 20), 1)
  expect(await hash(one)).not.toBe(await hash(other))
})
