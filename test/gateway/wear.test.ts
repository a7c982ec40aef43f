import { execFile } from 'node:child_process'
import { Agent } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { startGateway } from '../../src/gateway/node.ts'
import { faultyUpstream } from '../support/faulty-upstream.ts'
import { callAndLeave } from '../support/leaving-caller.ts'
import { redisServer, SKIPS_REDIS, withRedis } from '../support/redis-server.ts'
import type { Wear, Worn } from '../support/worn-gateway.ts'

/** How often each kind of failure is played; `npm run test:wear` plays a thousand. */
const CYCLES = Number(process.env['CYCLES'] ?? 40)
/** Of what a collected heap differs by from one time to the next. */
const HEAP_NOISE_BYTES = 1_500_000
const LEAST_LEAK_BYTES = 256

const PROGRAM = fileURLToPath(new URL('../support/worn-gateway.ts', import.meta.url))

async function wearDown(): Promise<Worn> {
  const args = ['--expose-gc', PROGRAM, String(CYCLES)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Worn
}

/** What each kind comes to, and how often the upstream is asked, and given up, for one request. */
const EXPECTED: Readonly<
  Record<string, readonly [outcome: string, asked: number, aborted: number]>
> = {
  'answers well': ['answered', 1, 0],
  'takes its time': ['answered', 1, 0],
  'dies before headers': ['failed', 2, 0],
  'dies after headers': ['failed', 2, 0],
  'dies in mid-word': ['failed', 1, 0],
  'dies after its finish': ['answered', 1, 0],
  'sends garbage': ['failed', 2, 0],
  'has too many requests': ['failed', 1, 0],
  'answers 500 in HTML': ['failed', 2, 0],
  'says nothing': ['failed', 1, 1],
  'falls silent': ['failed', 1, 1],
  'says nothing, left before the head': ['client-left', 1, 1],
  'talks on, left at the first byte': ['client-left', 1, 1],
  'talks on, left in mid-stream': ['client-left', 1, 1],
  'answers well, left at the finish': ['answered', 1, 0],
}

const nameOf = ({ manner, leaves }: Wear) =>
  leaves === null ? manner : `${manner}, left ${leaves}`

describe(`a gateway after ${CYCLES} of each kind of failure`, () => {
  let worn: Worn
  beforeAll(
    async () => {
      worn = await wearDown()
    },
    120_000 + CYCLES * 500,
  )

  test.each(Object.entries(EXPECTED))('has counted well: %s', (name, [outcome, asked, aborted]) => {
    const wear = worn.wears.find((each) => nameOf(each) === name)!
    const { upstream, metrics, log, outcomes } = wear
    expect(outcomes).toEqual({ metrics: { [outcome]: CYCLES }, log: { [outcome]: CYCLES } })
    expect(upstream).toMatchObject({ asked: asked * CYCLES, aborted: aborted * CYCLES })
    const left = outcome === 'client-left' ? CYCLES : 0
    const { input, output } = upstream
    expect(metrics).toEqual({ asked: upstream.asked, left, input, output })
    expect(log).toEqual(metrics)
  })

  test('has played all', () => {
    expect(worn.wears.map(nameOf)).toEqual(Object.keys(EXPECTED))
  })

  test('holds no more than before', () => {
    const { before, after } = worn
    expect(after.resources).toEqual(before.resources)
    expect(after.connections).toEqual({ upstream: 0 })
    const turns = CYCLES * worn.wears.length
    const grownBytes = after.heapBytes - before.heapBytes
    expect(grownBytes).toBeLessThan(HEAP_NOISE_BYTES + LEAST_LEAK_BYTES * turns)
  })
})

test('a gateway that is stopped lets answers end that can, and ends the others well', async () => {
  await using upstream = await faultyUpstream()
  const gateway = await startGateway({ models: { voice: [{ url: upstream.url }] } })
  const agent = new Agent()
  const begun: Promise<unknown>[] = []
  const calls = Array.from({ length: 200 }, (_, i) => {
    const text = `${i % 2 === 0 ? 'takes its time' : 'talks on'} (${i})`
    const cameThrough = upstream.heard(text)
    begun.push(cameThrough)
    return callAndLeave({ url: gateway.url, agent, text, leaves: null, cameThrough })
  })
  await Promise.all(begun)
  // Those that end do so within a tenth of a second, unless the machine stalls.
  await gateway.close({ drainMs: 3_000 })
  const answers = await Promise.all(calls)
  const whole = answers.filter(({ body }) =>
    /"finish_reason":"stop"[^]*data: \[DONE\]\n\n$/.test(body),
  )
  expect(whole).toHaveLength(200)
  expect(answers.filter(({ body }) => body.includes(' yes.'))).toHaveLength(100)
  await expect.poll(() => upstream.counts.aborted).toBe(100)
})

describe.skipIf(SKIPS_REDIS)(withRedis(`a Redis that dies and returns ${CYCLES} times`), () => {
  test(
    'costs no answer, and leaves nothing behind',
    async () => {
      const server = await redisServer()
      await using upstream = await faultyUpstream()
      await using gateway = await startGateway({
        models: { voice: [{ url: upstream.url }] },
        redis: { url: server.url },
        perMinute: 1_000_000,
        cache: { ttlMs: 60_000 },
      })
      const agent = new Agent()
      let asked = 0
      const answer = async () => {
        const text = `answers well (${asked++})`
        const cameThrough = Promise.resolve()
        const { url } = gateway
        const { body } = await callAndLeave({ url, agent, text, leaves: null, cameThrough })
        return body.endsWith('data: [DONE]\n\n')
      }
      expect(await answer()).toBe(true)
      const before = sockets()
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        await server.kill()
        expect(await answer()).toBe(true)
        await server.start()
        expect(await answer()).toBe(true)
      }
      await expect.poll(sockets, { timeout: 5_000 }).toBeLessThanOrEqual(before)
      agent.destroy()
    },
    60_000 + CYCLES * 1_000,
  )
})

function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
}
