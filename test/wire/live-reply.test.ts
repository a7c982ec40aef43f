import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  type AnyReply,
  BOUNDS,
  type Clock,
  type Ending,
  eventStreamReply,
  type Frame,
  inject,
  respond,
  settle,
  type Spectator,
  virtualClock,
} from '../../src/wire/index.ts'
import { play, record } from '../../src/wire/node.ts'
import { text } from '../support/bytes.ts'
import { event, live, watched } from '../support/live.ts'
import { rawServer } from '../support/raw-server.ts'

const REQUEST = { method: 'POST', url: '', headers: [], body: '' }
const RESET: Frame = { kind: 'hang-up', atMs: 0, how: 'reset' }
const STALL: Frame = { kind: 'hang-up', atMs: 0, how: 'stall' }
const never = new Promise<never>(() => {})

async function* each(...frames: readonly (Frame | Error | Promise<unknown>)[]) {
  for (const frame of frames) {
    if (frame instanceof Error) throw frame
    if (frame instanceof Promise) await frame
    else yield frame
  }
}

function witness() {
  const writes: { frames: number; dueMs: number; atMs: number }[] = []
  const ended = Promise.withResolvers<[Ending, unknown]>()
  const spectator: Spectator = {
    wrote: (frames, dueMs, atMs) => void writes.push({ frames, dueMs, atMs }),
    flushed() {},
    ended: (ending, _, error) => ended.resolve([ending, error]),
  }
  return { writes, ended: ended.promise, spectator }
}

interface PlayedOptions {
  readonly clock?: Clock
  /** Whether the client leaves when something has come. */
  readonly leaves?: boolean
}

/** Has a reply played by a server; tells what its client saw, and how playing it went. */
async function played(reply: AnyReply, { clock, leaves = false }: PlayedOptions = {}) {
  const client = new AbortController()
  const leave = () => setTimeout(() => client.abort(), 100)
  const { spectator, ...seen } = witness()
  const failed = Promise.withResolvers<unknown>()
  const url = await rawServer((_, response) => {
    play(reply, response, { spectator, ...(clock && { clock }) }).then(failed.resolve, (error) => {
      failed.resolve(error)
      response.writeHead(500).end('refused')
    })
  })
  const exchange = await record(
    { ...REQUEST, url, headers: [['accept-encoding', 'gzip']] },
    {
      probe: 'test',
      timeoutMs: 20_000,
      signal: client.signal,
      ...(leaves && { onArrival: leave }),
    },
  )
  return { ...seen, exchange, failure: failed.promise }
}

describe('a server', () => {
  test('writes frames as they come, each no earlier than it is due', async () => {
    async function* slowly() {
      yield event('a')
      await sleep(60)
      yield event('b')
      yield event('c', 120)
    }
    const { exchange, writes, ended } = await played(live(slowly()))
    expect(text(exchange.arrivals)).toBe('data: a\n\ndata: b\n\ndata: c\n\n')
    expect(exchange.end.how).toBe('complete')
    expect(await ended).toEqual(['complete', undefined])
    expect(writes.map(({ frames }) => frames)).toEqual([1, 2, 3])
    expect(writes[1]!.dueMs).toBeGreaterThanOrEqual(55)
    expect(writes[2]!.dueMs).toBe(Math.max(120, writes[2]!.dueMs))
    for (const { dueMs, atMs } of writes) expect(atMs).toBeGreaterThanOrEqual(dueMs)
  })

  test('has the time of the clock that it is given', async () => {
    const clock = virtualClock()
    const frames = each(event('a', 1_000), event('b', 20_000))
    const { writes, exchange } = await played(live(frames, { headersAtMs: 500 }), { clock })
    expect(exchange.end.how).toBe('complete')
    expect(writes.map(({ atMs }) => atMs)).toEqual([1_000, 20_000])
  })

  test('sends the head before there is a frame', async () => {
    const url = await rawServer((_, response) => void play(live(each(never)), response))
    const client = request(url, { method: 'POST' }).end()
    const [response] = await once(client, 'response')
    expect(response.statusCode).toBe(200)
    client.destroy()
  })

  test('compresses each frame as it comes', async () => {
    const read = Promise.withResolvers<void>()
    const reply = live(each(event('a'), read.promise, event('b')), { coding: 'gzip' })
    const url = await rawServer((_, response) => void play(reply, response))
    const exchange = await record(
      { ...REQUEST, url, headers: [['accept-encoding', 'gzip']] },
      { probe: 'test', timeoutMs: 5_000, onArrival: () => read.resolve() },
    )
    expect(text(exchange.decoded!)).toBe('data: a\n\ndata: b\n\n')
  })

  test.each([
    ['written', {}],
    ['compressed', { coding: 'gzip' }],
  ] as const)('breaks off where the source throws, behind what was %s', async (_, options) => {
    const error = new Error('out of words')
    const { exchange, ended, failure } = await played(live(each(event('a'), error), options))
    expect(text(exchange.decoded ?? exchange.arrivals)).toBe('data: a\n\n')
    expect(exchange.end).toMatchObject({ how: 'failed', reason: 'reset' })
    expect(await ended).toEqual(['hang-up', error])
    expect(await failure).toBeUndefined()
  })

  test.each([
    ['at once', () => live(each(new Error('no words')))],
    [
      'before the head is due',
      () => live(each(sleep(20), new Error('no words')), { headersAtMs: 80 }),
    ],
  ])('refuses where the source throws %s', async (_, reply) => {
    const { exchange, ended, failure } = await played(reply())
    expect(await failure).toEqual(new Error('no words'))
    expect((await ended)[0]).toBe('hang-up')
    expect(exchange.response).toMatchObject({ status: 500 })
  })

  test.each([
    ['reset', RESET, { how: 'failed', reason: 'reset' }, 'hang-up'],
    ['stall', STALL, { how: 'aborted' }, 'client-left'],
  ] as const)('hangs up by a %s, and takes nothing more', async (how, frame, end, ending) => {
    const source = watched(() => each(event('a'), frame, event('b')))
    const { exchange, ended } = await played(source.reply, { leaves: how === 'stall' })
    expect(text(exchange.arrivals)).toBe('data: a\n\n')
    expect(exchange.end).toMatchObject(end)
    expect((await ended)[0]).toBe(ending)
    expect(source).toMatchObject({ given: 2, ended: true })
  })

  test('hangs up before there is an answer', async () => {
    const { exchange } = await played(live(each(RESET)))
    expect(exchange.response).toBeNull()
    expect(exchange.end).toMatchObject({ how: 'failed', reason: 'reset' })
  })

  test('does not wait for a source that never goes on when the client leaves', async () => {
    const { exchange, ended } = await played(live(each(event('a'), never)), { leaves: true })
    expect(text(exchange.arrivals)).toBe('data: a\n\n')
    expect((await ended)[0]).toBe('client-left')
  })

  test('asks for no more than the reader takes', async () => {
    const piece = 'x'.repeat(100_000)
    const count = 300
    const frames = Array.from({ length: count }, (): Frame => ({
      kind: 'bytes',
      atMs: 0,
      bytes: piece,
    }))
    const source = watched(() => each(...frames))
    const url = await rawServer((_, response) => void play(source.reply, response))
    const client = request(url, { method: 'POST' }).end()
    const [response] = await once(client, 'response')
    await sleep(300)
    // What the buffers of both ends and of the system take: some megabytes.
    expect(source.given).toBeLessThan(150)
    let received = 0
    for await (const chunk of response) received += chunk.length
    expect(received).toBe(count * piece.length)
    expect(source).toMatchObject({ given: count, ended: true })
  })
})

describe('as a Response', () => {
  test('gives frames as they come, and asks for none that is not wanted', async () => {
    const source = watched(() => each(event('a'), event('b'), event('c')))
    const response = await respond(source.reply)
    const reader = response.body!.getReader()
    const first = await reader.read()
    expect(new TextDecoder().decode(first.value)).toBe('data: a\n\n')
    await sleep(5)
    expect(source.given).toBe(1)
    await reader.cancel()
    await expect.poll(() => source).toMatchObject({ given: 1, ended: true })
  })

  test('keeps the time of a virtual clock', async () => {
    const { spectator, writes, ended } = witness()
    const frames = each(event('a', 1_000), event('b'), event('c', 20_000))
    const response = await respond(live(frames), { clock: virtualClock(), spectator })
    expect(await response.text()).toBe('data: a\n\ndata: b\n\ndata: c\n\n')
    expect(writes.map(({ dueMs, atMs }) => [dueMs, atMs])).toEqual([
      [1_000, 1_000],
      [1_000, 1_000],
      [20_000, 20_000],
    ])
    expect((await ended)[0]).toBe('complete')
  })

  test('breaks where the source throws', async () => {
    const { spectator, ended } = witness()
    const error = new Error('out of words')
    const response = await respond(live(each(event('a'), error)), { spectator })
    await expect(response.text()).rejects.toThrow('terminated')
    expect(await ended).toEqual(['hang-up', error])
  })

  test.each([
    ['throws', new Error('no words'), 'no words'],
    ['hangs up', RESET, 'fetch failed'],
  ])('is none where the source %s first', async (_, frame, message) => {
    await expect(respond(live(each(frame)))).rejects.toThrow(message)
  })

  test('does not wait for a source that never goes on', async () => {
    const client = new AbortController()
    const { spectator, ended } = witness()
    const response = await respond(live(each(event('a'), never)), {
      signal: client.signal,
      spectator,
    })
    const read = response.text()
    setTimeout(() => client.abort(), 20)
    await expect(read).rejects.toThrow('aborted')
    expect((await ended)[0]).toBe('client-left')
  })
})

describe('settled', () => {
  test('an answer has the times of its frames, or of when they came', async () => {
    const clock = virtualClock()
    async function* frames() {
      yield event('a', 10)
      yield event('b')
      await new Promise<void>((resolve) => clock.at(500, resolve))
      yield event('c', 200)
    }
    const { frames: settled, ...head } = await settle(live(frames(), { headersAtMs: 5 }), { clock })
    expect(head).toMatchObject({ status: 200, headersAtMs: 5 })
    expect(settled).toEqual([event('a', 10), event('b', 10), event('c', 500)])
  })

  test('what is finished stays as it is', async () => {
    const reply = eventStreamReply([event('a')])
    expect(await settle(reply)).toBe(reply)
  })

  test('a source that throws hangs up, and takes nothing after a hang-up', async () => {
    const clock = virtualClock()
    const broken = await settle(live(each(event('a'), new Error('x'))), { clock })
    expect(broken.frames).toEqual([event('a'), RESET])
    const source = watched(() => each(event('a'), STALL, event('b')))
    expect((await settle(source.reply, { clock })).frames).toEqual([event('a'), STALL])
    await expect.poll(() => source.ended).toBe(true)
    await expect(settle(live(each(new Error('no words'))))).rejects.toThrow('no words')
  })

  test('a client that leaves ends it', async () => {
    const client = new AbortController()
    const settled = settle(live(each(event('a'), never)), { signal: client.signal })
    setTimeout(() => client.abort(), 20)
    expect((await settled).frames).toHaveLength(1)
  })

  test('an answer has a bound', async () => {
    const half: Frame = { kind: 'bytes', atMs: 0, bytes: new Uint8Array(BOUNDS.answer.bytes / 2) }
    expect((await settle(live(each(half, half)))).frames).toHaveLength(2)
    const source = watched(() => each(half, half, event('a'), never))
    await expect(settle(source.reply)).rejects.toThrow(/has 4194313 bytes by now; up to 4194304/)
    await expect.poll(() => source.ended).toBe(true)
  })

  test('a fault sees it so', async () => {
    const handler = inject(
      (reply) => ({ ...reply, frames: reply.frames.toReversed() }),
      async () => live(each(event('a'), event('b'))),
    )
    const { frames } = await handler(REQUEST, { gone: new AbortController().signal })
    expect(frames.map((frame) => 'data' in frame && frame.data)).toEqual(['b', 'a'])
  })
})
