import { chat } from '../../src/protocol/index.ts'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { calibrationBodies } from '../../src/bench/instrument/calibrate.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { runLanes } from '../../src/bench/lane/run-lanes.ts'
import type { Flight } from '../../src/bench/lane/lane-messages.ts'
import { planLanes } from '../../src/bench/plan/plan-lanes.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'

const never = new AbortController().signal
const bodies = calibrationBodies({ firstMs: 1, gapMs: 1, events: 5 })

function orderFor(origin: string) {
  return {
    origin,
    path: '/v1/chat/completions',
    headers: ['content-type', 'application/json'],
    bodies: bodies.map((body) => JSON.stringify(body)),
    scripts: bodies.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
    timeoutMs: 20_000,
    terminator: chat.terminator,
  }
}

function planFor(concurrency: number, requests: number) {
  const extent = { warmupMs: 0, durationMs: 60_000, requests }
  return planLanes({ kind: 'closed', concurrency }, extent, 0)
}

test('a read has one stamp, however many chunks it brings', async () => {
  const origin = await rawServer((_, response) => {
    // Two chunks, which leave at once.
    response.write('ab')
    response.write('cde')
    setTimeout(() => response.end('f'), 5_000)
  })
  const flights: Flight[] = []
  await runLanes(orderFor(origin), planFor(2, 2), {
    drain: never,
    abort: never,
    onFlights: (some) => void flights.push(...some),
  })
  expect(flights).toHaveLength(2)
  for (const { response, stamps, lengths, bytes } of flights) {
    expect(Buffer.from(bytes).toString()).toBe('abcdef')
    expect([...lengths]).toEqual([5, 1])
    expect(response?.atMs).toBe(stamps[0])
    expect(stamps[1]! - stamps[0]!).toBeGreaterThan(500)
  }
})

test('answers that are handed on together come apart again, small and large', async () => {
  const sizes = [0, 1, 20, 300, 5_000, 100_000, 2_000_000]
  let served = 0
  const origin = await rawServer((_, response) => {
    const letter = String.fromCharCode(97 + (served % sizes.length))
    response.end(letter.repeat(sizes[served++ % sizes.length]!))
  })
  const flights: Flight[] = []
  await runLanes(orderFor(origin), planFor(8, 42), {
    drain: never,
    abort: never,
    onFlights: (some) => void flights.push(...some),
  })
  const texts = flights.map(({ bytes }) => Buffer.from(bytes).toString())
  expect(new Set(texts)).toEqual(
    new Set(sizes.map((size, i) => String.fromCharCode(97 + i).repeat(size))),
  )
  expect(texts.toSorted().map((text) => text.length)).toEqual(
    sizes.flatMap((size) => Array.from({ length: 6 }, () => size)),
  )
  for (const { stamps, lengths, bytes } of flights) {
    expect(lengths).toHaveLength(stamps.length)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes.length)
  }
})

describe('nothing overtakes what was read before it', () => {
  const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n'

  /** What comes of many requests at a time, each answered on a socket of its own. */
  async function run(answer: (socket: Socket) => void) {
    const server = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => answer(socket))
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const flights: Flight[] = []
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await runLanes(orderFor(origin), planFor(100, 300), {
      drain: never,
      abort: never,
      onFlights: (some) => void flights.push(...some),
    })
    expect(flights).toHaveLength(300)
    return flights.map(({ bytes, end }) => `${Buffer.from(bytes).toString()} ${end.how}`)
  }

  test('no end', async () => {
    const ends = await run((socket) => socket.end(`${head}\r\nabc`))
    expect(new Set(ends)).toEqual(new Set(['abc complete']))
  })

  test('no reset', async () => {
    const ends = await run((socket) =>
      socket.write(`${head}content-length: 9\r\n\r\nabc`, () => socket.resetAndDestroy()),
    )
    expect(new Set(ends)).toEqual(new Set(['abc failed']))
  })
})

test('an abort hangs up what is under way, and what a pause held back', async () => {
  const origin = await rawServer(() => {})
  const abort = new AbortController()
  const flights: Flight[] = []
  const start = performance.now()
  const scripts = [0, 60_000].map((pauseMs) => [{ body: 0, pauseMs, cancelAfterMs: null }])
  await runLanes({ ...orderFor(origin), scripts }, planFor(2, 2), {
    drain: abort.signal,
    abort: abort.signal,
    onStart: () => setTimeout(() => abort.abort(), 300),
    onFlights: (some) => void flights.push(...some),
  })
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(flights.map(({ end }) => end.how)).toEqual(['aborted', 'aborted'])
})

describe('answers that wait to be taken', () => {
  /** Sends requests, each of whose answers takes so long to be taken. */
  async function run(origin: string, busyMs: number, requests: number) {
    const stopping = new AbortController()
    let taken = 0
    await runLanes(orderFor(origin), planFor(8, requests), {
      drain: stopping.signal,
      abort: never,
      maxWaitingBytes: 300_000,
      onBehind: () => stopping.abort(),
      onFlights(flights) {
        taken += flights.length
        holdUp(busyMs * flights.length)
      },
    })
    return { taken, wasBehind: stopping.signal.aborted }
  }

  test('stop the run before they fill the memory; what was sent is taken', async () => {
    const server = await startCalibrationServer()
    onTestFinished(() => server.close())
    const { taken, wasBehind } = await run(new URL(server.url).origin, 20, 1_000)
    expect(wasBehind).toBe(true)
    expect(taken).toBeGreaterThan(8)
    expect(taken).toBeLessThan(1_000)
  })

  test('are no trouble as long as they are taken in time', async () => {
    // From this thread: where it is held up, there are no answers to take, either.
    const origin = await rawServer((_, response) => response.end('ok'))
    expect(await run(origin, 0, 400)).toEqual({ taken: 400, wasBehind: false })
  })
})
