import { describe, expect, onTestFinished, test } from 'vitest'
import { answerCache } from '../../src/gateway/cache/answer-cache.ts'
import { keyRing } from '../../src/gateway/keys/key-ring.ts'
import { tokenBudget } from '../../src/gateway/keys/token-budget.ts'
import { redisLedger } from '../../src/gateway/redis/redis-ledger.ts'
import { connectRedis, type RedisOptions } from '../../src/gateway/redis/redis-link.ts'
import { redisStore } from '../../src/gateway/redis/redis-store.ts'
import { makeApp } from '../../src/gateway/serving/make-app.ts'
import { serveGateway } from '../../src/gateway/serving/serve-gateway.ts'
import { freePort } from '../support/free-port.ts'
import { handMadeGateway } from '../support/hand-made-gateway.ts'
import { redisServer, SKIPS_REDIS, withRedis } from '../support/redis-server.ts'
import { ask, METRICS } from '../support/served-gateway.ts'
import { turnRecord } from '../support/turn-record.ts'

async function linked(options: RedisOptions) {
  const told: string[] = []
  const link = await connectRedis(options, (message) => told.push(message))
  onTestFinished(() => link.close())
  return { link, told }
}

/** An instance of a gateway that keeps its limits in Redis. */
async function instance(
  options: RedisOptions,
  { perMinute = 3, tokensPerDay }: { perMinute?: number; tokensPerDay?: number } = {},
) {
  const { link, told } = await linked(options)
  const budget = tokenBudget({ ledger: redisLedger(link), onError: () => {} })
  const keys = keyRing([
    { name: 'eleven', key: 'good', ...(tokensPerDay !== undefined && { tokensPerDay }) },
  ])
  const running = await serveGateway(
    {
      app: makeApp({}),
      gateway: handMadeGateway(),
      observers: [],
      budget,
      redis: link,
      metrics: METRICS,
    },
    { keys, perMinute },
  )
  onTestFinished(() => running.close({ drainMs: 0 }))
  const statusNow = async () => {
    const response = await ask(running.url, { headers: { authorization: 'Bearer good' } })
    await response.text()
    return response.status
  }
  return { link, told, budget, statusNow }
}

/** How long it takes, in the median of several: others may keep a machine busy for a moment. */
async function median(times: number, run: () => Promise<unknown>): Promise<number> {
  const all: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    await run()
    all.push(performance.now() - began)
  }
  return all.toSorted((a, b) => a - b)[Math.floor(times / 2)]!
}

// A machine that stalls for longer than a gateway waits for Redis leaves it without limits, and rightly so: once
// more, then.
const UNTIL_QUIET = { retry: 2 }

describe.skipIf(SKIPS_REDIS)(withRedis('with Redis'), UNTIL_QUIET, () => {
  test('instances count the requests of a key together', async () => {
    const { url } = await redisServer()
    const [one, other] = [await instance({ url }), await instance({ url })]
    expect([
      await one.statusNow(),
      await other.statusNow(),
      await one.statusNow(),
      await other.statusNow(),
      await one.statusNow(),
    ]).toEqual([200, 200, 200, 429, 429])
  })

  test('and its tokens', async () => {
    const { url } = await redisServer()
    // Asked often, until tokens are told.
    const limits = { perMinute: 1_000, tokensPerDay: 50 }
    const [one, other] = [await instance({ url }, limits), await instance({ url }, limits)]
    const record = turnRecord({
      key: 'eleven',
      usage: { input: 20, output: 40, source: 'upstream' },
    })
    one.budget.observer.began(record)(record)
    await expect.poll(other.statusNow).toBe(429)
    const [name = ''] = await one.link.redis.keys('soundcheck:tokens:*')
    expect(name).toMatch(/^soundcheck:tokens:\d{4}-\d\d-\d\d:eleven$/)
    expect(await one.link.redis.ttl(name)).toBeGreaterThan(86_400)
  })

  test('and answers that were given before', async () => {
    const { url } = await redisServer()
    const [one, other] = [await linked({ url }), await linked({ url })]
    const pieces = [{ atMs: 1, chunk: { id: 'a' } }]
    const request = { model: 'voice', messages: [{ role: 'user' as const, content: 'Hi' }] }
    await answerCache({ ttlMs: 60_000, store: redisStore(one.link) }).set(request, pieces)
    const cache = answerCache({ ttlMs: 60_000, store: redisStore(other.link) })
    expect(await cache.get(request)).toEqual(pieces)
    const [name = ''] = await one.link.redis.keys('*')
    expect(name).toMatch(/soundcheck:answer.*[\da-f]{64}$/)
    expect(await one.link.redis.pttl(name)).toBeGreaterThan(0)
  })

  test('that dies and returns, limits are open meanwhile, and hold again', async () => {
    const server = await redisServer()
    const { told, statusNow } = await instance({ url: server.url })
    await server.kill()
    await expect.poll(() => told).toHaveLength(1)
    expect(await median(10, async () => expect(await statusNow()).toBe(200))).toBeLessThan(100)
    await server.start()
    await expect.poll(() => told).toHaveLength(2)
    expect(told[0]).toMatch(/^Redis cannot be reached \(.+\)$/)
    expect(told[1]).toBe('Redis is back')
    const after = []
    for (let i = 0; i < 4; i++) after.push(await statusNow())
    expect(after).toEqual([200, 200, 200, 429])
  })

  test('that dies, limits are closed where that was said', async () => {
    const server = await redisServer()
    const { told, statusNow } = await instance({ url: server.url, down: 'closed' })
    await server.kill()
    await expect.poll(() => told).toHaveLength(1)
    expect(await median(5, async () => expect(await statusNow()).toBe(503))).toBeLessThan(100)
  })

  test('that says nothing any more, only the first request waits, and not for long', async () => {
    const server = await redisServer()
    const { told, statusNow } = await instance({ url: server.url })
    server.freeze()
    expect(await median(1, statusNow)).toBeLessThan(10_000)
    expect(await median(10, async () => expect(await statusNow()).toBe(200))).toBeLessThan(100)
    server.thaw()
    await expect.poll(() => told.at(-1)).toBe('Redis is back')
  })
})

describe('without Redis', () => {
  test('a gateway starts, answers at once, and says so once', async () => {
    const url = `redis://:sk-secret@127.0.0.1:${await freePort()}`
    const { told, statusNow } = await instance({ url })
    expect(told).toHaveLength(1)
    expect(await median(10, async () => expect(await statusNow()).toBe(200))).toBeLessThan(100)
    expect(told).toEqual(['Redis cannot be reached (ECONNREFUSED)'])
  })

  test('answers are neither found nor kept, and nothing fails', async () => {
    const { link } = await linked({ url: `redis://127.0.0.1:${await freePort()}` })
    const cache = answerCache({ ttlMs: 60_000, store: redisStore(link) })
    const request = { model: 'voice', messages: [{ role: 'user' as const, content: 'Hi' }] }
    await cache.set(request, [{ atMs: 1, chunk: {} }])
    expect(await cache.get(request)).toBeUndefined()
  })

  test('a URL that is none is refused', async () => {
    await expect(connectRedis({ url: 'localhost:6379' }, () => {})).rejects.toThrow(/redis:\/\//)
  })
})
