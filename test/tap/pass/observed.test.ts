import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { requestFixture } from '../../../src/conformance/probes/request-fixture.ts'
import { BOUNDS, sizeOf } from '../../../src/wire/index.ts'
import { record } from '../../../src/wire/node.ts'
import { text } from '../../support/bytes.ts'
import { exchangeGist } from '../../support/exchange-gist.ts'
import { passing } from '../../support/passing.ts'
import { rawServer } from '../../support/raw-server.ts'
import { referenceServer } from '../../support/reference-server.ts'

const OPTIONS = { probe: 'turn', timeoutMs: 10_000 }

test('times count from the end of the request', async () => {
  const url = await referenceServer({ pacing: { ttft: 150, tokensPerSecond: 20 } })
  const pass = await passing(url)
  const recorded = await record(
    {
      method: 'POST',
      url: `${pass.url}/v1/chat/completions`,
      headers: [['content-type', 'application/json']],
      body: JSON.stringify(requestFixture('streamed-turn')),
    },
    OPTIONS,
  )
  const [seen] = await pass.seen(1)
  // What lies between the stamps of the pass lies between those of the client.
  const [times, own] = [seen!, recorded].map(({ response, arrivals, end }) => [
    response!.atMs,
    ...arrivals.map(({ atMs }) => atMs),
    end.atMs,
  ])
  expect(times).toHaveLength(own!.length)
  for (const [i, atMs] of times!.entries()) expect(atMs).toBeLessThan(own![i]! + 0.01)
  expect(times![1]).toBeGreaterThan(149)
  expect(times!.at(-1)).toBeGreaterThan(449)
  expect(seen!.startedAt >= recorded.startedAt).toBe(true)
})

test('a request that takes its time is no part of them', async () => {
  const url = await rawServer((request, response) =>
    request.resume().on('end', () => response.end('ok')),
  )
  const pass = await passing(url)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of ['one', 'two', 'three']) {
      yield Buffer.from(piece)
      await sleep(1_000)
    }
  }
  await fetch(pass.url, {
    method: 'POST',
    body: ReadableStream.from(pieces()),
    duplex: 'half',
  })
  const [seen] = await pass.seen(1)
  expect(seen!.request.body).toBe('onetwothree')
  expect(seen!.response!.atMs).toBeLessThan(2_500)
})

test('a content coding is undone beside', async () => {
  const zipped = gzipSync('hello'.repeat(100))
  const url = await rawServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.write(zipped.subarray(0, 15))
    setTimeout(() => response.end(zipped.subarray(15)), 20)
  })
  const pass = await passing(url)
  const recorded = await record(
    { method: 'GET', url: pass.url, headers: [['accept-encoding', 'gzip']], body: null },
    OPTIONS,
  )
  const [seen] = await pass.seen(1)
  expect(exchangeGist(seen!)).toEqual(exchangeGist(recorded))
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
  expect(seen!.end.how).toBe('too-large')
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
