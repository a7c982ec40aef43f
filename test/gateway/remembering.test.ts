import OpenAI from 'openai'
import { expect, onTestFinished, test, vi } from 'vitest'
import { check } from '../../src/conformance/index.ts'
import { keyRing } from '../../src/gateway/keys/key-ring.ts'
import { responseStore } from '../../src/gateway/remembering/response-store.ts'
import { startGateway, type StartGatewayOptions } from '../../src/gateway/serving/start-gateway.ts'
import { UpstreamError } from '../../src/gateway/upstream/upstream-error.ts'
import { type JsonObject, messageText } from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { freePort } from '../support/free-port.ts'
import { redisServer, SKIPS_REDIS } from '../support/redis-server.ts'
import { scriptedUpstream } from '../support/scripted-upstream.ts'

const storeResponses = { ttlMs: 60_000 }

async function remembering(
  said: readonly (string | JsonObject | Error)[] = ['Hi.'],
  options: Partial<StartGatewayOptions> = { storeResponses },
) {
  const upstream = scriptedUpstream(said)
  const gateway = await startGateway({ models: { voice: [upstream] }, ...options })
  onTestFinished(() => gateway.close({ drainMs: 0 }))
  const { url } = gateway
  const clientOf = (apiKey: string) => new OpenAI({ baseURL: url, apiKey, maxRetries: 0 })
  const client = clientOf('none')
  const say = (input: string, before?: { id: string }, rest: object = {}, as = client) =>
    as.responses.create({
      model: 'voice',
      input,
      ...(before && { previous_response_id: before.id }),
      ...rest,
    })
  const heard = () => upstream.asked.at(-1)!.messages.map((each) => [each.role, messageText(each)])
  return { url, client, clientOf, say, heard }
}

const NOT_FOUND = { status: 400, code: 'previous_response_not_found' }

test('a chain of three and a fork, each with the instructions of its own turn', async () => {
  const { say, heard } = await remembering()
  const first = await say('One.', undefined, { instructions: 'Be brief.' })
  const second = await say('Two.', first, { instructions: 'Be kind.' })
  await say('Three.', second)
  const one = [
    ['user', 'One.'],
    ['assistant', 'Hi.'],
  ]
  const two = [
    ['user', 'Two.'],
    ['assistant', 'Hi.'],
  ]
  expect(heard()).toEqual([...one, ...two, ['user', 'Three.']])
  await say('Other.', first)
  expect(heard()).toEqual([...one, ['user', 'Other.']])
})

test('a stream can be gone on from as soon as it has ended, and an item referred to', async () => {
  const { client, say, heard } = await remembering()
  const first = await client.responses.stream({ model: 'voice', input: 'One.' }).finalResponse()
  await say('Two.', first)
  expect(heard()).toHaveLength(3)
  await client.responses.create({
    model: 'voice',
    input: [
      { type: 'item_reference', id: first.output[0]!.id! },
      { role: 'user', content: 'What?' },
    ],
  })
  expect(heard()).toEqual([
    ['assistant', 'Hi.'],
    ['user', 'What?'],
  ])
})

test('nobody goes on from a response of another key', async () => {
  const keys = keyRing([
    { name: 'anna', key: 'a' },
    { name: 'ben', key: 'b' },
  ])
  const { say, clientOf } = await remembering(['Hi.'], { storeResponses, keys })
  const first = await say('One.', undefined, {}, clientOf('a'))
  await expect(say('Two.', first, {}, clientOf('b'))).rejects.toMatchObject(NOT_FOUND)
  const item = [{ type: 'item_reference', id: first.output[0]!.id }]
  const referring = say('', undefined, { input: item }, clientOf('b'))
  await expect(referring).rejects.toMatchObject({ status: 404 })
  await say('Two.', first, {}, clientOf('a'))
})

test('what was not to be kept, never was, or made room for newer ones is not found', async () => {
  const { say } = await remembering(['Hi.'], { storeResponses: { ttlMs: 60_000, most: 2 } })
  const unkept = await say('One.', undefined, { store: false })
  await expect(say('Two.', unkept)).rejects.toMatchObject(NOT_FOUND)
  await expect(say('Two.', { id: 'resp_1' })).rejects.toMatchObject(NOT_FOUND)
  const first = await say('One.')
  await say('Two.')
  await expect(say('Three.', first)).rejects.toMatchObject(NOT_FOUND)
})

test('an answer that failed is not kept, one that was cut is', async () => {
  const cut = { choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }
  const whole = await remembering(['We are', cut])
  const incomplete = await whole.say('One.')
  expect(incomplete.status).toBe('incomplete')
  await whole.say('Two.', incomplete)
  const { client, say } = await remembering(['We are', new UpstreamError('failed', 'broke')])
  let id = ''
  await expect(async () => {
    const stream = await client.responses.create({ model: 'voice', input: 'One.', stream: true })
    for await (const event of stream) if (event.type === 'response.created') id = event.response.id
  }).rejects.toThrow()
  expect(id).toMatch(/^resp_/)
  await expect(say('Two.', { id })).rejects.toMatchObject(NOT_FOUND)
})

test('without a store, nothing is kept', async () => {
  const { say } = await remembering(['Hi.'], {})
  await expect(say('Two.', await say('One.'))).rejects.toMatchObject(NOT_FOUND)
})

test('while Redis cannot be reached, a turn is answered, and not found again', async () => {
  const redis = { url: `redis://127.0.0.1:${await freePort()}` }
  const { say } = await remembering(['Hi.'], { storeResponses, redis })
  await expect(say('Two.', await say('One.'))).rejects.toMatchObject(NOT_FOUND)
})

// A machine that stalls for longer than is waited for Redis finds nothing there, and rightly so: once more, then.
test.skipIf(SKIPS_REDIS)('with Redis, another instance goes on from it', { retry: 2 }, async () => {
  const options = { storeResponses, redis: { url: (await redisServer()).url } }
  const [one, other] = [await remembering(['Hi.'], options), await remembering(['Hi.'], options)]
  await other.say('Two.', await one.say('One.'))
  expect(other.heard()).toHaveLength(3)
})

test('a store that never answers holds nobody up', async () => {
  const never = () => new Promise<never>(() => {})
  const store = { messages: never, item: never, add: never }
  const { say } = await remembering(['Hi.'], { storeResponses: store })
  await expect(say('Two.', await say('One.'))).rejects.toMatchObject(NOT_FOUND)
})

test('a response is forgotten in time, and what is far too long is not kept', async () => {
  const response = { id: 'resp_1', messages: [{ role: 'user', content: 'Hi.' }], items: [] }
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const store = responseStore({ ttlMs: 60_000 })
  await store.add('', response)
  await store.add('', { ...response, id: 'resp_2', messages: [{ content: 'x'.repeat(2 ** 20) }] })
  expect(await store.messages('', 'resp_2')).toBeUndefined()
  vi.advanceTimersByTime(59_000)
  expect(await store.messages('', 'resp_1')).toEqual(response.messages)
  vi.advanceTimersByTime(2_000)
  expect(await store.messages('', 'resp_1')).toBeUndefined()
})

test('it keeps the contract of state', async () => {
  await using server = await startServer()
  const { url } = await startGateway({
    models: { voice: [{ url: server.url }] },
    storeResponses,
  }).then((gateway) => {
    onTestFinished(() => gateway.close({ drainMs: 0 }))
    return gateway
  })
  const { checks } = await check({ url, apiType: 'responses' })
  const state = checks.filter(({ id }) => id.startsWith('state/'))
  const judged = state.filter(({ status }) => status !== 'skip')
  expect(judged.filter(({ status }) => status !== 'pass')).toEqual([])
  expect(judged.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'state/previous-response-id',
      'state/previous-unknown',
      'state/previous-forks',
      'state/tool-result-after-previous',
      'state/instructions-not-carried',
    ]),
  )
})
