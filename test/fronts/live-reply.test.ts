import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { eventStreamReply, type Frame } from '../../src/wire/index.ts'
import { post, saying } from '../support/chat.ts'
import { EACH_FRONT, type Front } from '../support/fronts.ts'
import { event, live, watched } from '../support/live.ts'

async function* counting(gapMs: number): AsyncGenerator<Frame> {
  for (let i = 0; i < 1_000; i++) {
    yield event(String(i))
    await sleep(gapMs)
  }
}

type Leave = (client: AbortController, reader: ReadableStreamDefaultReader) => unknown

const ask = (front: Front, signal?: AbortSignal, request = saying('Hi')) =>
  front.fetch(`${front.baseURL}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    ...(signal && { signal }),
  })

describe.each(EACH_FRONT)('on %s, a live answer', (_, start) => {
  test('is played as it comes', async () => {
    const read = Promise.withResolvers<void>()
    async function* frames() {
      yield event('a')
      // Goes on when the first has been read: nobody holds it back.
      await read.promise
      yield event('b')
    }
    const front = await start({ model: async () => live(frames()) })
    const reader = (await ask(front)).body!.getReader()
    const decoder = new TextDecoder()
    expect(decoder.decode((await reader.read()).value)).toBe('data: a\n\n')
    read.resolve()
    expect(decoder.decode((await reader.read()).value)).toBe('data: b\n\n')
    expect((await reader.read()).done).toBe(true)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('complete')
    expect(front.journal.entries()[0]).toMatchObject({
      status: 200,
      frames: { planned: 2, written: 2, flushed: 2 },
    })
  })

  test.each<[string, unknown]>([
    ['data that is no text', { kind: 'event', atMs: 0, data: { x: 1 } }],
    ['an unknown kind', { kind: 'evnt', atMs: 0, data: 'b' }],
    ['bytes that are none', { kind: 'bytes', atMs: 0, bytes: 5 }],
  ])('is broken off by a frame with %s', async (__, frame) => {
    const source = watched(async function* () {
      yield event('a')
      await sleep(10)
      yield frame as Frame
    })
    const front = await start({ model: async () => source.reply })
    const response = await ask(front)
    await response.text().catch(() => {})
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('hang-up')
    await expect.poll(() => source.ended).toBe(true)
    expect(front.journal.underWay).toBe(0)
  })

  test('so is a finished one', async () => {
    const frames = [event('a'), { kind: 'event', atMs: 20, data: { x: 1 } } as unknown as Frame]
    const front = await start({ model: async () => eventStreamReply(frames) })
    await (await ask(front)).text().catch(() => {})
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('hang-up')
    expect(front.journal.underWay).toBe(0)
  })

  test.each<[string, Leave]>([
    ['aborts', (client) => client.abort()],
    ['cancels', (_client, reader) => reader.cancel()],
  ])('ends the frames within one when the client %s', async (__, leave) => {
    const source = watched(() => counting(20))
    const front = await start({ model: async () => source.reply })
    const client = new AbortController()
    const reader = (await ask(front, client.signal)).body!.getReader()
    await reader.read()
    await reader.read()
    const { given } = source
    await leave(client, reader)
    await expect.poll(() => source.ended).toBe(true)
    expect(source.given).toBeLessThanOrEqual(given + 3)
    await expect.poll(() => front.journal.entries()[0]!.ending).toBe('client-left')
  })

  test('is broken by a fault, once it is made', async () => {
    async function* frames() {
      for (const word of ['a', 'b', 'c', 'd']) yield event(word)
    }
    const front = await start({ model: async () => live(frames()), faultHeader: true })
    const response = await post(
      front.fetch,
      saying('Hi'),
      { 'x-soundcheck-fault': 'network/byte-per-packet' },
      `${front.baseURL}/chat/completions`,
    )
    expect(await response.text()).toBe('data: a\n\ndata: b\n\ndata: c\n\ndata: d\n\n')
  })
})

// On Node.js, MSW reads answers ahead, and ends broken ones as if they were whole.
describe.each(EACH_FRONT.filter(([name]) => name !== 'msw'))(
  'on %s, a live answer',
  (name, start) => {
    test('does not run ahead of a slow reader', async () => {
      const piece: Frame = { kind: 'bytes', atMs: 0, bytes: 'x'.repeat(200_000) }
      const source = watched(async function* () {
        for (let i = 0; i < 200; i++) yield piece
      })
      const front = await start({ model: async () => source.reply })
      const { body } = await ask(front)
      await sleep(200)
      // Over the network, the buffers on the way take some megabytes.
      expect(source.given).toBeLessThan(name === 'server' ? 100 : 5)
      let received = 0
      for await (const chunk of body!) received += chunk.length
      expect(received).toBe(200 * 200_000)
    })

    test('breaks off where the source throws', async () => {
      async function* frames() {
        yield event('a')
        await sleep(10)
        throw new Error('out of words')
      }
      const front = await start({ model: async () => live(frames()) })
      const response = await ask(front)
      await expect(response.text()).rejects.toThrow()
      await expect.poll(() => front.journal.entries()[0]!.ending).toBe('hang-up')
    })
  },
)
