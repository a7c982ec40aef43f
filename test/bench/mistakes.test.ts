// Ten mistakes that tools for measuring language models have made. Each is named after what it is
// that must not happen here.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type BenchOptions, benchmark, type Requests } from '../../src/bench/index.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { classify } from '../../src/bench/measure/classify.ts'
import { ExchangeReading } from '../../src/protocol/index.ts'
import { readAnswer } from '../../src/bench/measure/read-answer.ts'
import { delta, DONE, event, exchangeOf, says } from '../support/exchanges.ts'
import { measured, usage, valuesOf } from '../support/measured.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

const ANSWER = `${says('Hi.')}${DONE}`

/** Runs a benchmark without warm-up and calibration. */
function bench(url: string, options: Partial<BenchOptions>) {
  return benchmark({
    url,
    calibrate: false,
    ...options,
    extent: { warmupMs: 0, durationMs: 20_000, ...options.extent },
  })
}

/** One call: a turn after each of these pauses. */
function call(...pausesMs: number[]): Requests {
  const script = pausesMs.map((pauseMs) => ({ body: 0, pauseMs, cancelAfterMs: null }))
  return { bodies: [{}], scripts: [script] }
}

describe('1. a chunk without text is taken for the first token', () => {
  test('a role, or empty text', () => {
    const values = valuesOf([
      [10, delta({ role: 'assistant' })],
      [20, delta({ content: '' })],
      [90, says('Hi.')],
      [91, DONE],
    ])
    expect(values).toMatchObject({ tt_role: 10, ttft: 90 })
  })
})

describe('2. reasoning is not seen, or is taken for text', () => {
  test('it counts for what it is', () => {
    const values = valuesOf([
      [50, delta({ reasoning_content: 'hm' })],
      [900, says('Hi.')],
      [901, DONE],
    ])
    expect(values).toMatchObject({ ttft_any: 50, ttft: 900 })
  })

  test('its tokens are not among those of the text', () => {
    const reads = [
      [50, delta({ reasoning: 'hm' })],
      [100, says('One')],
      [200, says(' two.')],
      [201, `${usage(103, { completion_tokens_details: { reasoning_tokens: 98 } })}${DONE}`],
    ] as const
    expect(valuesOf(reads)).toMatchObject({ tpot: 25, tps: 40 })
  })

  test.each([{}, { completion_tokens_details: { reasoning_tokens: 0 } }])(
    'where usage does not tell them apart (%j), there is no time per token',
    (details) => {
      const values = valuesOf([
        [50, delta({ reasoning: 'hm' })],
        [100, says('One')],
        [200, says(' two.')],
        [201, `${usage(103, details)}${DONE}`],
      ])
      expect(values).not.toHaveProperty('tpot')
      expect(values).not.toHaveProperty('tps')
    },
  )
})

describe('3. a chunk is taken for a token', () => {
  test('tokens are what usage says', () => {
    const values = valuesOf([
      [100, says('One two three')],
      [200, says(' four five.')],
      [201, `${usage(5)}${DONE}`],
    ])
    expect(values).toMatchObject({ tpot: 25, tps: 40, tokens_per_chunk: 2.5 })
  })

  test('without usage there is no time per token', () => {
    const values = valuesOf([
      [100, says('One two three')],
      [200, says(' four five.')],
      [201, DONE],
    ])
    expect(values).not.toHaveProperty('tpot')
    expect(values).not.toHaveProperty('tps')
  })
})

describe('4. the client is the bottleneck, and nobody notices', () => {
  test('a thread with more to read than it can makes the run void, and no endpoint slow', async () => {
    const server = new Worker(new URL('../support/flood-server.ts', import.meta.url))
    onTestFinished(async () => void (await server.terminate()))
    const [port] = (await once(server, 'message')) as [number]
    const report = await bench(`http://127.0.0.1:${port}`, {
      load: { kind: 'closed', concurrency: 8 },
      extent: { requests: 120 },
      budgets: ['ttft p(50)<0.001'],
    })
    expect(report.requests.ok).toBe(120)
    expect(report.instrument.verdict).toBe('void')
    expect(report.reasons.join()).toMatch(/busy for \d+ % of the time; above 85 %.*--shard/)
    expect(report.budgets).toMatchObject([{ keeps: false }])
    expect(report.verdict).toBe('inconclusive')
  })

  test('so does an error that is large beside the budget', async () => {
    const report = await bench(await referenceServer(), {
      calibrate: true,
      extent: { requests: 20 },
      // No clock of a thread is so true.
      budgets: ['ttft p(50)<0.01'],
    })
    expect(report.instrument.verdict).toBe('void')
    expect(report.reasons.join()).toContain('more than a tenth of the 0.01 ms budget')
    expect(report.verdict).toBe('inconclusive')
  })

  test('a thread that has little to do is trusted', async () => {
    await using server = await startCalibrationServer()
    const report = await bench(server.url, {
      extent: { requests: 10 },
      requests: {
        bodies: [{ calibration: { dueMs: [100, 120] } }],
        scripts: [[{ body: 0, pauseMs: 0, cancelAfterMs: null }]],
      },
      budgets: ['ttft p(50)<10000'],
    })
    expect(report.instrument.verdict).not.toBe('void')
    expect(report.verdict).toBe('pass')
  })
})

describe('5. the wait before a request is dropped', () => {
  test('it is part of what the schedule promised', () => {
    const values = valuesOf([[100, ANSWER]], 2_000)
    expect(values).toMatchObject({ ttft: 100, ttft_sched: 2_100, e2e_sched: 2_100 })
  })
})

describe('6. a connection that was closed while idle is not told apart', () => {
  /** A server that says nothing of how long it keeps connections; they are counted. */
  async function keeping(idleMs: number): Promise<{ url: string; connections: () => number }> {
    const server: Server & { keepAliveTimeoutBuffer?: number } = createServer((_, response) => {
      const headers = { 'content-type': 'text/event-stream', connection: 'keep-alive' }
      response.writeHead(200, headers).end(ANSWER)
    })
    server.keepAliveTimeout = idleMs
    server.keepAliveTimeoutBuffer = 0
    let connections = 0
    server.on('connection', () => (connections += 1))
    server.listen(0, '127.0.0.1')
    onTestFinished(() => server.close().closeAllConnections())
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url, connections: () => connections }
  }

  test('each turn after the server hung up opens a connection, which is no failure', async () => {
    const { url } = await keeping(100)
    const report = await bench(url, { extent: { requests: 1 }, requests: call(0, 800, 800) })
    expect(report.requests).toMatchObject({ attempted: 3, ok: 3 })
    expect(report.cold.connect.count).toBe(3)
    expect(report.cold.ttft.count).toBe(3)
  })

  test('a connection that the server keeps is not closed by the client', async () => {
    const { url, connections } = await keeping(60_000)
    const report = await bench(url, { extent: { requests: 1 }, requests: call(0, 6_000) })
    expect(report.cold.connect.count).toBe(1)
    // The first only saw what answers.
    expect(connections()).toBe(2)
  })

  /** Breaks each connection at its second request; at once, as if both had met on the way. */
  async function breaking(afterMs = 0): Promise<{ url: string; requests: () => number }> {
    const served = new WeakSet<object>()
    let requests = 0
    const url = await rawServer(async (_, response) => {
      requests += 1
      if (served.has(response.socket!)) {
        if (afterMs > 0) await sleep(afterMs)
        return void response.socket!.destroy()
      }
      served.add(response.socket!)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER)
    })
    return { url, requests: () => requests }
  }

  // A machine that stalls for longer than a round trip makes the break late, and rightly so: once more, then.
  const untilQuiet = { retry: 4 }

  test(
    'a request that crosses the end of an idle connection is sent again, and counted',
    untilQuiet,
    async () => {
      const { url } = await breaking()
      const report = await bench(url, {
        extent: { requests: 1 },
        requests: call(0, 1_200),
      })
      expect(report.requests).toMatchObject({ attempted: 2, ok: 2 })
      expect(report.cold).toMatchObject({ resent: 1, connect: { count: 2 } })
    },
  )

  test('a server that takes a request on an idle connection and then breaks off has failed', async () => {
    const { url, requests } = await breaking(800)
    const report = await bench(url, { extent: { requests: 1 }, requests: call(0, 1_200) })
    expect(report.requests).toMatchObject({ attempted: 2, ok: 1, failed: { cut: 1 } })
    expect(report.cold.resent).toBe(0)
    // The first only saw what answers.
    expect(requests()).toBe(3)
  })

  test('a connection that breaks while it is busy is a failure', async () => {
    const { url } = await breaking()
    const report = await bench(url, { extent: { requests: 1 }, requests: call(0, 0) })
    expect(report.requests).toMatchObject({ attempted: 2, ok: 1, failed: { cut: 1 } })
    expect(report.cold.resent).toBe(0)
  })
})

describe('7. what a stream says is not heard, or is heard too late', () => {
  test('an error within a 200 is a failure', () => {
    const failing = exchangeOf([
      [10, says('Hi')],
      [20, event({ error: { message: 'overloaded' } })],
    ])
    expect(classify(failing, readAnswer(new ExchangeReading(failing)))).toBe('error')
  })

  test('the answer ends with its text, not with [DONE]', () => {
    const values = valuesOf([
      [100, says('Hi.')],
      [900, DONE],
    ])
    expect(values).toMatchObject({ e2e: 100, close_tail: 801 })
  })

  test('reading costs nothing: events bear the time at which their read arrived', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER)
    })
    const report = await bench(url, {
      extent: { requests: 5 },
      // Judged before it is measured: a stamp that came later would show it.
      judge() {
        holdUp(300)
        return null
      },
    })
    expect(report.metrics.ttft.min).toBeLessThan(300)
  })
})

describe('8. other things are mixed into a latency', () => {
  test('a usage chunk moves no first token', () => {
    const values = valuesOf([
      [100, says('Hi.')],
      [500, `${usage(2)}${DONE}`],
    ])
    expect(values).toMatchObject({ ttft: 100, e2e: 100 })
  })

  test('a failure has no latency, but is part of the whole', async () => {
    let count = 0
    const url = await rawServer((_, response) => {
      // The first only sees what answers.
      if (count++ % 2 === 1) return void response.writeHead(500).end()
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER)
    })
    const report = await bench(url, { extent: { requests: 10 } })
    expect(report.requests).toMatchObject({ attempted: 10, ok: 5, failed: { status: 5 } })
    expect(report.metrics.ttft.count).toBe(5)
    expect(report.goodput.fraction).toBe(0.5)
  })
})

describe('9. only one way to frame events is understood', () => {
  test('CRLF, no space after the colon, comments', () => {
    const body = `: hello\n\n${ANSWER}`.replaceAll('\n', '\r\n').replaceAll('data: ', 'data:')
    const exchange = exchangeOf([[100, body]])
    expect(classify(exchange, readAnswer(new ExchangeReading(exchange)))).toBeNull()
    expect(measured(exchange).values).toMatchObject({ ttft: 100 })
  })

  test('an event that is split bears the time of its last byte', () => {
    const text = says('Hi.')
    const values = valuesOf([
      [100, text.slice(0, 20)],
      [300, text.slice(20)],
      [301, DONE],
    ])
    expect(values).toMatchObject({ ttfb: 100, ttft: 300 })
  })
})

describe('10. events that arrive together seem to follow each other in no time', () => {
  test('those of one read have no gaps between them', () => {
    const exchange = exchangeOf([
      [100, `${says('a')}${says('b')}${says('c')}`],
      [180, `${says('d')}${DONE}`],
    ])
    expect(measured(exchange).gaps).toEqual([80])
    expect(readAnswer(new ExchangeReading(exchange))).toMatchObject({ events: 6, coalesced: 4 })
  })

  test('the report says how many did', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER)
    })
    const report = await bench(url, { extent: { requests: 3 } })
    // Three events in one write.
    expect(report.requests.coalescedEvents).toBeCloseTo(2 / 3)
    expect(report.metrics.icl.count).toBe(0)
  })
})
