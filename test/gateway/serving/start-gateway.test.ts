import { describe, expect, onTestFinished, test } from 'vitest'
import { UNHURRIED } from '../../../scripts/unhurried.ts'
import type { TurnRecord } from '../../../src/gateway/account/turn-record.ts'
import { keyRing } from '../../../src/gateway/keys/key-ring.ts'
import { loadUpstream } from '../../../src/gateway/upstream/provider/load-upstream.ts'
import {
  startGateway,
  type StartGatewayOptions,
} from '../../../src/gateway/serving/start-gateway.ts'
import { check } from '../../../src/conformance/index.ts'
import { type RunningServer, startServer } from '../../../src/server/index.ts'
import { redisServer, SKIPS_REDIS, withRedis } from '../../support/redis-server.ts'
import { ask } from '../../support/served-gateway.ts'

/** A gateway in front of the reference server. */
async function behindGateway(
  options: Partial<StartGatewayOptions> = {},
): Promise<{ readonly url: string; readonly server: RunningServer }> {
  const server = await startServer({ scenarios: [{ then: { text: 'Hello there.' } }] })
  onTestFinished(() => server.close())
  const gateway = await startGateway({ models: { voice: { url: server.url } }, ...options })
  onTestFinished(() => gateway.close({ drainMs: 0 }))
  return { url: gateway.url, server }
}

const KEYED = { headers: { authorization: 'Bearer good' } }

test('a gateway in front of the reference server keeps the whole contract', async () => {
  const server = await startServer()
  onTestFinished(() => server.close())
  const keys = keyRing([{ name: 'check', key: 'good' }])
  const gateway = await startGateway({ models: { voice: { url: server.url } }, keys })
  onTestFinished(() => gateway.close({ drainMs: 0 }))
  const { checks, verdict } = await check({ url: gateway.url, apiKey: 'good', limits: UNHURRIED })
  const failed = checks.filter(({ status }) => status !== 'pass' && status !== 'skip')
  expect(failed.map(({ id, findings }) => [id, findings.map(({ message }) => message)])).toEqual([])
  expect(verdict).toBe('pass')
})

test('says that it is ready, having reached the server', async () => {
  const { url } = await behindGateway()
  const response = await fetch(new URL('/ready', url))
  expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }])
})

test('says whether the provider of a language model can be reached', async () => {
  const server = await startServer()
  onTestFinished(() => server.close())
  const readinessOf = async (baseUrl: string) => {
    const named = { upstream: 'anthropic', model: 'm', apiKey: 'sk-test', baseUrl }
    const gateway = await startGateway({ models: { voice: await loadUpstream(named) } })
    const response = await fetch(new URL('/ready', gateway.url))
    await gateway.close({ drainMs: 0 })
    return [response.status, await response.json()]
  }
  // That it knows no such path is an answer.
  expect(await readinessOf(server.url)).toEqual([200, { status: 'ready' }])
  await server.close()
  expect(await readinessOf(server.url)).toEqual([
    503,
    { status: 'not ready', unreachable: ['anthropic'] },
  ])
})

test('a key that has spent its tokens waits for midnight, UTC', async () => {
  const keys = keyRing([{ name: 'small', key: 'good', tokensPerDay: 1 }])
  const { url } = await behindGateway({ keys })
  const first = await ask(url, KEYED)
  expect(first.status).toBe(200)
  await first.text()
  const second = await ask(url, KEYED)
  expect(second.status).toBe(429)
  const wait = Number(second.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(86_400)
  expect(await second.json()).toMatchObject({ error: { code: 'insufficient_quota' } })
})

describe('answers that were given before', () => {
  const cache = { ttlMs: 60_000, pace: 'at-once' } as const

  test('are given again, in memory', async () => {
    const records: TurnRecord[] = []
    const observer = { began: () => (record: TurnRecord) => void records.push(record) }
    const { url, server } = await behindGateway({ cache, observers: [observer] })
    const [first, second] = [await saidBy(url), await saidBy(url)]
    expect(first).toBe('Hello there.')
    expect(second).toBe(first)
    expect(server.journal.entries()).toHaveLength(1)
    expect(records.map((record) => record.cache)).toEqual(['miss', 'hit'])
  })

  // A machine that stalls for longer than is waited for Redis finds nothing there, and rightly so: once more, then.
  test.skipIf(SKIPS_REDIS)(
    withRedis('are given again by another instance, in Redis'),
    { retry: 2 },
    async () => {
      const { url: redis } = await redisServer()
      const server = await startServer({ scenarios: [{ then: { text: 'Hello there.' } }] })
      onTestFinished(() => server.close())
      const options = { models: { voice: { url: server.url } }, cache, redis: { url: redis } }
      const [one, other] = [await startGateway(options), await startGateway(options)]
      onTestFinished(async () => {
        await Promise.all([one, other].map((each) => each.close({ drainMs: 0 })))
      })
      expect(await saidBy(one.url)).toBe('Hello there.')
      expect(await saidBy(other.url)).toBe('Hello there.')
      expect(server.journal.entries()).toHaveLength(1)
    },
  )
})

async function saidBy(url: string): Promise<string> {
  const { choices } = (await (await ask(url)).json()) as {
    choices: { message: { content: string } }[]
  }
  return choices[0]!.message.content
}

test('what makes no sense is refused, and leaves nothing behind', async () => {
  const models = { voice: { url: 'http://127.0.0.1:1/v1' } }
  const before = process.getActiveResourcesInfo().length
  await expect(startGateway({ models, host: '0.0.0.0' })).rejects.toThrow(/--allow-anyone/)
  await expect(startGateway({ models, redis: { url: 'nonsense' } })).rejects.toThrow(/redis:/)
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before)
})
