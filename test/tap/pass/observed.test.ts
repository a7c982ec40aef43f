import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { playEach } from '../../../scripts/play-each.ts'
import { checks, lint } from '../../../src/conformance/index.ts'
import { requestFixture } from '../../../src/conformance/probes/request-fixture.ts'
import { startServer } from '../../../src/server/index.ts'
import { openPass } from '../../../src/tap/pass/open-pass.ts'
import {
  BOUNDS,
  concatArrivals,
  type Exchange,
  type Fault,
  sizeOf,
} from '../../../src/wire/index.ts'
import { record } from '../../../src/wire/node.ts'
import { text } from '../../support/bytes.ts'
import { passing } from '../../support/passing.ts'
import { rawServer } from '../../support/raw-server.ts'
import { referenceServer } from '../../support/reference-server.ts'

const FIXTURES = ['streamed-turn', 'tool-result', 'two-tools', 'non-stream', 'two-choices']
const BODIES = FIXTURES.map((name) => JSON.stringify(requestFixture(name)))
const mutants = checks.flatMap(({ id, mutants: faults }) =>
  Object.entries(faults).map(([name, fault]) => ({ id, name, fault })),
)

const ask = (url: string, body: string | null, timeoutMs = 10_000, coding = 'identity') =>
  record(
    {
      method: body === null ? 'GET' : 'POST',
      url,
      headers: [
        ['content-type', 'application/json'],
        ['accept-encoding', coding],
      ],
      body,
    },
    { probe: 'turn', timeoutMs },
  )

/** Without what the clock says. */
function steady({ response, arrivals, decoded, end }: Exchange) {
  const { atMs: _, ...head } = response ?? {}
  const { atMs: __, ...how } = end
  return {
    head,
    body: Buffer.from(concatArrivals(arrivals)),
    decoded: decoded && Buffer.from(concatArrivals(decoded)),
    how,
  }
}

/** Times differ by what lies between, so only the check that a mutant is about judges them. */
function verdictsOn(exchange: Exchange, check?: string) {
  const skip = checks.flatMap(({ id }) => (id.startsWith('latency/') && id !== check ? [id] : []))
  const { verdict, files } = lint([{ file: 'x', exchange }], { skip })
  const findings = files[0]!.checks.map(({ id, status, findings: found }) => [
    id,
    status,
    found.map(({ severity, message }) => `${severity}: ${message.replaceAll(/\d+ ms/g, 'N ms')}`),
  ])
  return { verdict, findings }
}

/** What a client recorded, and what was seen of it. */
type Pair = readonly [recorded: Exchange, seen: Exchange]

async function play(fault: Fault, timeoutMs: number): Promise<Pair[]> {
  await using server = await startServer({ fault })
  const seen: Exchange[] = []
  const pass = await openPass({
    upstream: new URL(server.url),
    host: '127.0.0.1',
    port: 0,
    onExchange: (exchange) => void seen.push(exchange),
  })
  const recorded: Exchange[] = []
  for (const body of BODIES) {
    recorded.push(await ask(`${pass.url}/v1/chat/completions`, body, timeoutMs))
    // It would say nothing to the others, either.
    if (recorded.at(-1)!.end.how === 'timeout') break
  }
  await pass.close()
  return recorded.map((each, i) => [each, seen[i]!])
}

const played = new Map<Fault, Pair[]>()
beforeAll(async () => {
  await playEach(mutants, async ({ id, fault }) => {
    played.set(fault, await play(fault, id.startsWith('latency/') ? 10_000 : 2_000))
  })
}, 300_000)

describe.each(mutants)('$id $name', ({ id, fault }) => {
  test('is seen as a client records it, and judged so', () => {
    for (const [recorded, seen] of played.get(fault)!) {
      if (recorded.end.how === 'timeout') {
        expect(seen.end.how).toBe('aborted')
        continue
      }
      expect(steady(seen)).toEqual(steady(recorded))
      expect(verdictsOn(seen, id)).toEqual(verdictsOn(recorded, id))
    }
  })
})

test('most mutants are found in what was seen', () => {
  const failed = [...played.values()].filter((pairs) =>
    pairs.some(([, seen]) => verdictsOn(seen).verdict === 'fail'),
  )
  expect(failed.length).toBeGreaterThan(80)
})

test('times count from the end of the request', async () => {
  const url = await referenceServer({ pacing: { ttft: 150, tokensPerSecond: 20 } })
  const pass = await passing(url)
  const recorded = await ask(`${pass.url}/v1/chat/completions`, BODIES[0]!)
  const [seen] = await pass.seen(1)
  const first = seen!.arrivals[0]!.atMs
  expect(seen!.arrivals).toHaveLength(recorded.arrivals.length)
  expect(Math.abs(first - recorded.arrivals[0]!.atMs)).toBeLessThan(50)
  expect(seen!.end.atMs - first).toBeGreaterThan(300)
  expect(Math.abs(Date.parse(seen!.startedAt) - Date.parse(recorded.startedAt))).toBeLessThan(500)
})

test('a request that takes its time is no part of them', async () => {
  const url = await rawServer((request, response) =>
    request.resume().on('end', () => response.end('ok')),
  )
  const pass = await passing(url)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of ['one', 'two', 'three']) {
      yield Buffer.from(piece)
      await sleep(100)
    }
  }
  await fetch(pass.url, {
    method: 'POST',
    body: ReadableStream.from(pieces()),
    duplex: 'half',
  })
  const [seen] = await pass.seen(1)
  expect(seen!.request.body).toBe('onetwothree')
  expect(seen!.response!.atMs).toBeLessThan(100)
})

test('a content coding is undone beside', async () => {
  const zipped = gzipSync('hello'.repeat(100))
  const url = await rawServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.write(zipped.subarray(0, 15))
    setTimeout(() => response.end(zipped.subarray(15)), 20)
  })
  const pass = await passing(url)
  const recorded = await ask(pass.url, null, 5_000, 'gzip')
  const [seen] = await pass.seen(1)
  expect(steady(seen!)).toEqual(steady(recorded))
  expect(text(seen!.decoded!)).toBe('hello'.repeat(100))
  expect(seen!.arrivals.length).toBeGreaterThan(1)
})

test('a long body passes whole, and is cut where it is kept', async () => {
  const size = BOUNDS.answer.bytes + 1_000_000
  const url = await rawServer((request, response) =>
    request.resume().on('end', () => response.end(Buffer.alloc(size, 'a'))),
  )
  const pass = await passing(url)
  const answer = await fetch(pass.url, { method: 'POST', body: 'b'.repeat(size) })
  expect((await answer.arrayBuffer()).byteLength).toBe(size)
  const [seen] = await pass.seen(1)
  expect(sizeOf(seen!.arrivals)).toBe(BOUNDS.answer.bytes)
  expect(seen!.request.body).toHaveLength(BOUNDS.answer.bytes)
  expect(seen!.end.how).toBe('complete')
  expect(pass.infos[0]).toMatchObject({ isCut: true, isRequestCut: true, passedBytes: size })
})

test('what waits too long to be taken is dropped, and counted', async () => {
  const size = BOUNDS.answer.bytes
  const url = await rawServer((_, response) => response.end(Buffer.alloc(size, 'a')))
  const { promise, resolve } = Promise.withResolvers<void>()
  const missed: number[] = []
  const pass = await passing(url, {
    async onExchange(_, info) {
      missed.push(info.missed)
      await promise
    },
  })
  const get = async () => (await (await fetch(pass.url)).arrayBuffer()).byteLength
  for (let i = 0; i < 12; i++) expect(await get()).toBe(size)
  resolve()
  await expect.poll(() => missed.length).toBe(7)
  await get()
  await expect.poll(() => missed).toEqual([0, 0, 0, 0, 0, 0, 0, 5])
})

test('what takes exchanges may fail', async () => {
  const errors: unknown[] = []
  const url = await rawServer((_, response) => response.end('ok'))
  const pass = await passing(url, {
    onExchange: () => Promise.reject(new Error('full')),
    onError: (error) => errors.push(error),
  })
  for (let i = 0; i < 2; i++) expect(await (await fetch(pass.url)).text()).toBe('ok')
  await expect.poll(() => errors).toEqual([new Error('full'), new Error('full')])
})
