import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import { request } from 'node:http'
import { constants, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  type Clock,
  type Ending,
  eventStreamReply,
  type Frame,
  headerValue,
  realClock,
  type Reply,
  type Spectator,
} from '../../src/wire/index.ts'
import { play, record, type RecordOptions } from '../../src/wire/node.ts'
import { text } from '../support/bytes.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'

const event = (data: string, atMs = 0): Frame => ({ kind: 'event', atMs, data })

async function exchangeOf(
  reply: Reply,
  {
    clock,
    timeoutMs = 5_000,
    ...options
  }: Partial<RecordOptions> & { readonly clock?: Clock } = {},
) {
  const url = await rawServer(
    (_, response) => void play(reply, response, { ...(clock && { clock }) }),
  )
  return record(
    { method: 'POST', url, headers: [['accept-encoding', 'gzip']], body: '' },
    { probe: 'test', timeoutMs, terminator: { data: '[DONE]' }, lingerMs: 100, ...options },
  )
}

test('writes status, headers and frames', async () => {
  const exchange = await exchangeOf(
    eventStreamReply([
      event('a'),
      { kind: 'event', atMs: 0, data: 'two\nlines', event: 'e', id: '1' },
      { kind: 'comment', atMs: 0, text: 'ping' },
      { kind: 'bytes', atMs: 0, bytes: Uint8Array.of(0x62) },
    ]),
  )
  expect(exchange.response?.status).toBe(200)
  expect(headerValue(exchange.response!.headers, 'content-type')).toBe(
    'text/event-stream; charset=utf-8',
  )
  expect(text(exchange.arrivals)).toBe(
    'data: a\n\nevent: e\nid: 1\ndata: two\ndata: lines\n\n: ping\n\nb',
  )
  expect(exchange.end.how).toBe('complete')
})

test('frames due at once leave in one write', async () => {
  const exchange = await exchangeOf(eventStreamReply([event('a'), event('b'), event('c')]))
  expect(exchange.arrivals).toHaveLength(1)
})

/** How long timers take of which each starts when the one before is over, on the same machine. */
async function chainedTimers(count: number, ms: number): Promise<number> {
  const start = performance.now()
  for (let i = 0; i < count; i++) await sleep(ms)
  return performance.now() - start
}

test('frames are due at absolute times, so lateness does not add up', async () => {
  const frames = Array.from({ length: 40 }, (_, i) => event(String(i), i * 10))
  const [{ arrivals }, chainedMs] = await Promise.all([
    exchangeOf(eventStreamReply(frames)),
    chainedTimers(39, 10),
  ])
  const last = arrivals.at(-1)!.atMs
  expect(last).toBeGreaterThanOrEqual(390)
  expect(last).toBeLessThan(chainedMs)
})

test('a reset comes after what was written before', async () => {
  const exchange = await exchangeOf(
    eventStreamReply([event('a'), { kind: 'hang-up', atMs: 0, how: 'reset' }, event('b')]),
  )
  expect(text(exchange.arrivals)).toBe('data: a\n\n')
  expect(exchange.end).toMatchObject({ how: 'failed', reason: 'reset' })
})

test('a reset comes after what was compressed before', async () => {
  const reply = eventStreamReply([event('a'), { kind: 'hang-up', atMs: 0, how: 'reset' }])
  const headers = [...reply.headers, ['content-encoding', 'gzip'] as const]
  const { decoded, end } = await exchangeOf({ ...reply, headers, coding: 'gzip' })
  expect(text(decoded!)).toBe('data: a\n\n')
  expect(end).toMatchObject({ how: 'failed', reason: 'reset' })
})

test.each([
  ['reset', { how: 'failed', reason: 'reset' }],
  ['stall', { how: 'timeout' }],
] as const)('a %s that comes first leaves the request without an answer', async (how, end) => {
  const exchange = await exchangeOf(eventStreamReply([{ kind: 'hang-up', atMs: 0, how }]), {
    timeoutMs: how === 'stall' ? 300 : 5_000,
  })
  expect(exchange.response).toBeNull()
  expect(exchange.end).toMatchObject(end)
})

test('a stall leaves the response open', async () => {
  const exchange = await exchangeOf(
    eventStreamReply([event('[DONE]'), { kind: 'hang-up', atMs: 0, how: 'stall' }]),
  )
  expect(exchange.end.how).toBe('held-open')
})

test('gzip is flushed with every write', async () => {
  const reply = eventStreamReply([event('a'), event('b', 60)])
  const arrived = Promise.withResolvers<void>()
  const arrivals: Uint8Array[] = []
  let now = 0
  // Time goes on when the first event can be read.
  const clock: Clock = {
    now: () => now,
    at(moment, run) {
      void arrived.promise.then(() => ((now = moment), run()))
      return () => {}
    },
  }
  const exchange = await exchangeOf(
    {
      ...reply,
      headers: [...reply.headers, ['content-encoding', 'gzip']],
      coding: 'gzip',
    },
    {
      clock,
      onArrival({ bytes }) {
        arrivals.push(bytes)
        const read = gunzipSync(Buffer.concat(arrivals), { finishFlush: constants.Z_SYNC_FLUSH })
        if (read.toString() === 'data: a\n\n') arrived.resolve()
      },
    },
  )
  expect(text(exchange.decoded!)).toBe('data: a\n\ndata: b\n\n')
})

describe('a client that leaves', () => {
  test('ends the work', async () => {
    const played = Promise.withResolvers<void>()
    const frames = Array.from({ length: 100 }, (_, i) => event(String(i), i * 1_000))
    const url = await rawServer((_, response) => {
      void play(eventStreamReply(frames), response).then(played.resolve)
    })
    const started = performance.now()
    const client = request(url, { method: 'POST' })
    client.end()
    const [response] = await once(client, 'response')
    await once(response, 'data')
    client.destroy()
    await played.promise
    expect(performance.now() - started).toBeLessThan(50_000)
  })
})

/** Writes down what a player tells. */
function witness() {
  const writes: { frames: number; dueMs: number; atMs: number }[] = []
  const ended = Promise.withResolvers<Ending>()
  const spectator: Spectator = {
    wrote: (frames, dueMs, atMs) => void writes.push({ frames, dueMs, atMs }),
    flushed() {},
    ended: ended.resolve,
  }
  return { writes, ended: ended.promise, spectator }
}

test('a busy process sends late, never early, all of it, and tells how late', async () => {
  const { writes, ended, spectator } = witness()
  const frames = Array.from({ length: 20 }, (_, i) => event(String(i), i * 10))
  const url = await rawServer((_, response) => {
    void play(eventStreamReply(frames), response, { spectator })
    setTimeout(() => holdUp(120), 25)
  })
  const { arrivals } = await record(
    { method: 'POST', url, headers: [], body: '' },
    { probe: 'test', timeoutMs: 5_000 },
  )
  expect(await ended).toBe('complete')
  expect(text(arrivals)).toBe(frames.map((_, i) => `data: ${i}\n\n`).join(''))
  expect(writes.at(-1)!.frames).toBe(20)
  expect(writes.filter(({ dueMs, atMs }) => atMs < dueMs)).toEqual([])
  expect(Math.max(...writes.map(({ dueMs, atMs }) => atMs - dueMs))).toBeGreaterThan(80)
})

test('what became due while a reader was slow leaves together, and all of it', async () => {
  const { writes, ended, spectator } = witness()
  const big: Frame = { kind: 'bytes', atMs: 0, bytes: 'x'.repeat(20_000_000) }
  const later = Array.from({ length: 20 }, (_, i) => event(String(i), (i + 1) * 10))
  let waits = 0
  const clock: Clock = {
    now: () => realClock.now(),
    at: (...args) => (waits++, realClock.at(...args)),
  }
  const url = await rawServer(
    (_, response) => void play(eventStreamReply([big, ...later]), response, { spectator, clock }),
  )
  const client = request(url, { method: 'POST' })
  client.end()
  const [response] = await once(client, 'response')
  await sleep(400)
  expect(writes).toHaveLength(1)
  let received = ''
  for await (const chunk of response) received = (received + String(chunk)).slice(-1_000)
  expect(await ended).toBe('complete')
  expect(received).toContain(later.map((_, i) => `data: ${i}\n\n`).join(''))
  const [, ...late] = writes
  expect(late.map(({ dueMs }) => dueMs)).toEqual(later.map(({ atMs }) => atMs))
  // All were due by then.
  expect(waits).toBe(0)
})

test('a slow reader is waited for', async () => {
  const piece = 'x'.repeat(1_000_000)
  let written = 0
  const url = await rawServer((_, response) => {
    const write = response.write.bind(response) as (...args: unknown[]) => boolean
    response.write = ((...args: unknown[]) => {
      written++
      return write(...args)
    }) as typeof response.write
    const frames = Array.from({ length: 50 }, (__, i): Frame => ({
      kind: 'bytes',
      atMs: i,
      bytes: piece,
    }))
    void play(eventStreamReply(frames), response)
  })
  const client = request(url, { method: 'POST' })
  client.end()
  const [response] = await once(client, 'response')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(written).toBeLessThan(20)
  let received = 0
  for await (const chunk of response) received += chunk.length
  expect(received).toBe(50 * piece.length)
})
