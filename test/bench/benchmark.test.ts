import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type BenchOptions, benchmark, benchReportSchema } from '../../src/bench/index.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { chat, compileSchema, responses } from '../../src/protocol/index.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'
import { DONE, says } from '../support/exchanges.ts'

/** Runs a short benchmark without calibration. */
function bench(url: string, options: Partial<BenchOptions> = {}) {
  return benchmark({
    url,
    calibrate: false,
    ...options,
    extent: { warmupMs: 0, durationMs: 20_000, requests: 20, ...options.extent },
  })
}

/** Requests whose answers come at these times, each in turn. */
function answering(answers: readonly (readonly number[])[]): NonNullable<BenchOptions['requests']> {
  return {
    bodies: answers.map((dueMs) => ({ calibration: { dueMs } })),
    scripts: answers.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
  }
}

async function calibrationServer(options = {}): Promise<string> {
  const server = await startCalibrationServer(options)
  onTestFinished(() => server.close())
  return server.url
}

test('the report satisfies its schema, and counts every request', async () => {
  const report = await bench(await referenceServer(), {
    load: { kind: 'closed', concurrency: 3 },
    // Too few requests to tell, however busy the machine is.
    budgets: ['ttft p(99)<60000'],
    calibrate: true,
  })
  expect(compileSchema(benchReportSchema)(JSON.parse(JSON.stringify(report)))).toEqual([])
  expect(report.requests).toMatchObject({ attempted: 20, ok: 20, judged: false })
  expect(report.metrics.ttft.count).toBe(20)
  expect(report.metrics.ttft.p99).toBeNull()
  expect(report.instrument).toMatchObject({ calibrated: true, threads: 1 })
  expect(report.verdict).toBe('inconclusive')
})

test('the answer with the most dead air is kept, if it is a good one', async () => {
  const pauses = [0, 300, 1_200, 600, 2_400]
  let request = 0
  const url = await rawServer(async (_, response) => {
    // The first only sees what answers.
    const pauseMs = pauses[request++ - 1] ?? 0
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(says('Hold on. '))
    await sleep(pauseMs)
    response.end(pauseMs === 2_400 ? says('No end.') : `${says('Done.')}${DONE}`)
  })
  const report = await bench(url, { extent: { requests: 5 }, charactersPerSecond: 100 })
  expect(compileSchema(benchReportSchema)(JSON.parse(JSON.stringify(report)))).toEqual([])
  expect(report.requests).toMatchObject({ ok: 4, failed: { cut: 1 } })
  const { spoken, silences, deadAirMs, textMs } = report.deadAirExample!
  expect(deadAirMs).toBe(report.metrics.dead_air.max)
  expect(deadAirMs).toBeGreaterThan(250)
  expect(silences).toEqual([{ atMs: expect.any(Number), durationMs: deadAirMs }])
  expect(spoken).toHaveLength(2)
  expect(textMs).toHaveLength(2)
})

describe('truth: percentiles are those the server was told to have', () => {
  const lognormal = (share: number) => 250 * Math.exp(0.4 * normalQuantile(share))
  // So many that no percentile falls between two of them.
  const shares = Array.from({ length: 37 }, (_, i) => (i + 0.5) / 37)
  const requests = 37 * 2

  test.each([
    ['constant', 'chat', () => 250],
    ['lognormal', 'chat', lognormal],
    ['lognormal', 'responses', lognormal],
    ['with stalls', 'chat', (share: number) => (share > 0.85 ? 1_200 : 250)],
    // A machine that stalls for longer than the tolerance makes stamps late, and rightly so: short
    // runs, until one has a quiet moment.
  ] as const)('%s, in %s', { retry: 8 }, async (_, dialect, quantile) => {
    const url = await calibrationServer({ dialect })
    /** What the server itself says its answers took. */
    const truth: number[] = []
    const report = await bench(url, {
      dialect: { chat, responses }[dialect],
      // Few enough to keep a core free, however busy the machine is.
      load: { kind: 'closed', concurrency: 10 },
      // The warm-up puts the streams out of step.
      extent: { warmupMs: 500, requests },
      requests: answering(shares.map((share) => [quantile(share), quantile(share) + 10])),
      judge({ exchange: { id, arrivals } }) {
        if (id.startsWith('bench-')) return null
        const body = Buffer.concat(arrivals.map(({ bytes }) => bytes)).toString()
        const [, rx, t] = /"rx":([\d.]+),"due":[\d.]+,"t":([\d.]+)/.exec(body)!
        truth.push(Number(t) - Number(rx))
        return null
      },
    })
    expect(report.requests).toMatchObject({ attempted: requests, ok: requests })
    truth.sort((a, b) => a - b)
    for (const [name, share] of [
      ['p50', 0.5],
      ['p90', 0.9],
      ['p95', 0.95],
    ] as const) {
      const reported = report.metrics.ttft[name]!
      const serverError = truth[Math.ceil(share * requests) - 1]! - quantile(share)
      const expected = quantile(share) + serverError
      expect(Math.abs(reported - expected), name).toBeLessThan(Math.max(1, expected * 0.02))
    }
  })
})

test('a freeze of 2 s is not hidden by the loop waiting for it', async () => {
  let start: number | undefined
  let count = 0
  const url = await rawServer(async (_, response) => {
    // The first only sees what answers.
    if (++count === 2) start = performance.now()
    const at = performance.now() - (start ?? performance.now())
    if (at > 1_000 && at < 3_000) await sleep(3_000 - at)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${says('Hi.')}${DONE}`)
  })
  const report = await bench(url, {
    load: { kind: 'open', spacing: 'constant', ratePerSecond: 20 },
    extent: { durationMs: 4_000, requests: null },
  })
  expect(report.requests).toMatchObject({ attempted: 80, ok: 80 })
  // 40 requests fell due within the freeze; half of them waited for a second or more.
  const slow = report.metrics.ttft_sched.sample!.filter((value) => value > 1_000)
  expect(slow.length).toBeGreaterThanOrEqual(15)
  expect(slow.length).toBeLessThanOrEqual(60)
})

test('a request that waits for its turn pays for it', async () => {
  const url = await calibrationServer({ slots: 1 })
  const report = await bench(url, {
    load: { kind: 'closed', concurrency: 4 },
    extent: { requests: 24 },
    requests: answering([[50]]),
  })
  // Four at a time, one served: 200 ms each once the line has formed.
  expect(report.metrics.ttft.p50).toBeGreaterThan(195)
})

test('connections are kept apart from answers', async () => {
  const closing = await rawServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' })
    response.end(`${says('Hi.')}${DONE}`)
  })
  expect((await bench(closing)).cold.connect.count).toBe(20)
  const keeping = await bench(await referenceServer(), { load: { kind: 'closed', concurrency: 2 } })
  expect(keeping.cold.connect.count).toBe(2)
})

test('warm-up is not measured: by time, and twice for each slot', async () => {
  let count = 0
  const url = await rawServer((_, response) => {
    count += 1
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${says('Hi.')}${DONE}`)
  })
  const report = await bench(url, {
    load: { kind: 'closed', concurrency: 3 },
    extent: { warmupMs: 1, requests: 10 },
  })
  expect(report.requests.attempted).toBe(10)
  // One to see what answers, and two for each slot at least.
  expect(count).toBeGreaterThanOrEqual(10 + 1 + 6)
})

describe('what fails', () => {
  test('every failure has its class, and none has a latency', async () => {
    let count = 0
    const url = await rawServer((_, response) => {
      const kind = count++ % 4
      if (kind === 1) return void response.writeHead(503).end('no')
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      if (kind === 2) return void response.write(says('Hi'), () => response.destroy())
      if (kind === 3) return void response.write(says('Hi'))
      response.end(`${says('Hi.')}${DONE}`)
    })
    const report = await bench(url, {
      timeoutMs: 5_000,
      load: { kind: 'closed', concurrency: 5 },
      budgets: ['errors<0.1'],
    })
    expect(report.requests.failed).toMatchObject({ status: 5, cut: 5, timeout: 5 })
    expect(report.metrics.ttft.count).toBe(5)
    expect(report.verdict).toBe('over-budget')
  })

  test('a stream that breaks the contract is never counted as fast', async () => {
    const report = await bench(await referenceServer(), {
      judge: () => ({ check: null, seen: 'a breach' }),
    })
    expect(report.requests).toMatchObject({ ok: 0, failed: { contract: 20 }, judged: true })
    expect(report.metrics.ttft.count).toBe(0)
    expect(report.verdict).toBe('inconclusive')
    expect(report.reasons).toContain('no request came to a good end')
  })

  test('a run stops when too much fails', async () => {
    let count = 0
    const url = await rawServer((_, response) => {
      count++
      response.writeHead(500).end()
    })
    const report = await bench(url, {
      extent: { requests: 100_000, durationMs: 30_000 },
      stopAtErrorRate: 0.5,
    })
    expect(report.requests.attempted).toBeGreaterThanOrEqual(20)
    expect(count).toBeLessThan(100_000)
    expect(report.reasons).toContain('too many requests failed, so the run was stopped')
  })

  test.each([
    ['http://127.0.0.1:1', 'CONNECTION_REFUSED'],
    ['http://no-such-host.invalid', 'HOST_NOT_FOUND'],
    ['ftp://example.com', 'INVALID_INPUT'],
  ])('%s: %s', async (url, code) => {
    await expect(bench(url)).rejects.toMatchObject({ code })
  })

  test('a key that is refused', async () => {
    const url = await referenceServer({ apiKey: 'sesame-1234' })
    await expect(bench(url)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect((await bench(url, { apiKey: 'sesame-1234' })).requests.ok).toBe(20)
  })

  test.each([404, 405, 410])('status %i before the run: it is not begun', async (status) => {
    let count = 0
    const url = await rawServer((_, response) => {
      count++
      response.writeHead(status, { 'content-type': 'text/plain' }).end('no such route')
    })
    await expect(
      bench(url, { explain: () => ({ check: null, seen: 'no such route' }) }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `${url}/chat/completions refused the request (no such route).`,
    })
    expect(count).toBe(1)
  })

  test.each([
    [{ load: { kind: 'closed', concurrency: 0 } }, 'concurrency is 0'],
    [{ load: { kind: 'open', spacing: 'poisson', ratePerSecond: -1 } }, 'rate is -1'],
    [{ extent: { durationMs: Number.NaN } }, 'durationMs is NaN'],
    [
      { load: { kind: 'closed', concurrency: 2 }, shard: { index: 0, count: 3 } },
      'concurrency is 2; for 3 shards it must be 3 or more',
    ],
    [{ speechRule: 'nonsense' }, 'no speech rule "nonsense"'],
    [{ budgets: ['nonsense'] }, '"nonsense" is not a budget'],
  ] satisfies [Partial<BenchOptions>, string][])('%j: %s', async (options, message) => {
    await expect(bench('http://127.0.0.1:1', options)).rejects.toThrow(message)
  })
})

test('an interruption gives what is known by then', async () => {
  const interrupt = new AbortController()
  const report = await bench(await referenceServer(), {
    extent: { requests: null, durationMs: 60_000 },
    signal: interrupt.signal,
    onProgress: (progress) => {
      if ('attempted' in progress && progress.attempted > 10) interrupt.abort()
    },
  })
  expect(report.requests.attempted).toBeGreaterThan(10)
  expect(report.reasons).toContain('the run was interrupted')
})

test('an interruption tells of requests that were under way, and since when', async () => {
  const interrupt = new AbortController()
  const run = bench(await calibrationServer(), {
    load: { kind: 'closed', concurrency: 3 },
    extent: { requests: null, durationMs: 60_000 },
    requests: answering([[60_000]]),
    signal: interrupt.signal,
    onProgress: (progress) => {
      if ('inFlight' in progress && progress.inFlight === 3) interrupt.abort()
    },
  })
  const { requests, durationMs } = await run
  expect(requests).toMatchObject({ attempted: 0, unfinished: { count: 3 } })
  expect(requests.unfinished!.longestMs).toBeGreaterThan(0)
  expect(durationMs).toBeGreaterThan(0)
})

test('what still waits when a run is interrupted is not judged', async () => {
  const interrupt = new AbortController()
  let judgedAfterwards = 0
  await bench(await calibrationServer(), {
    load: { kind: 'closed', concurrency: 8 },
    extent: { requests: null, durationMs: 60_000 },
    requests: answering([[1]]),
    signal: interrupt.signal,
    judge: () => {
      if (interrupt.signal.aborted) judgedAfterwards++
      else holdUp(50)
      return null
    },
    onProgress: (progress) => {
      if ('attempted' in progress && progress.attempted > 20) interrupt.abort()
    },
  })
  expect(judgedAfterwards).toBe(0)
})

test('signals and timers have their turn, however much there is to judge', async () => {
  let judged = 0
  let judgedByThen = 0
  await bench(await calibrationServer(), {
    load: { kind: 'closed', concurrency: 8 },
    extent: { requests: 200 },
    requests: answering([[1]]),
    // Longer than the endpoint takes to answer.
    judge() {
      judged += 1
      if (judged === 20) setTimeout(() => (judgedByThen = judged))
      holdUp(10)
      return null
    },
  })
  expect(judged).toBe(200)
  expect(judgedByThen).toBeGreaterThan(0)
  // Answers come in up to 64 at a time.
  expect(judgedByThen).toBeLessThan(20 + 2 * 64)
})

test('a run that was stopped sends no turn that was waiting for its caller to think', async () => {
  let count = 0
  const url = await rawServer((_, response) => {
    count++
    response.writeHead(500).end()
  })
  const turns = [0, 3_000].map((pauseMs) => ({ body: 0, pauseMs, cancelAfterMs: null }))
  await bench(url, {
    load: { kind: 'closed', concurrency: 25 },
    extent: { requests: 25 },
    requests: { bodies: [{}], scripts: [turns] },
    stopAtErrorRate: 0.5,
  })
  // The first only sees what answers.
  expect(count).toBe(1 + 25)
})

test('a run that was stopped is no pass, however fast the answers before', async () => {
  let count = 0
  const url = await rawServer((_, response) => {
    if (++count > 15) return void response.writeHead(500).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${says('Hi.')}${DONE}`)
  })
  const report = await bench(url, {
    extent: { requests: 100_000, durationMs: 30_000 },
    stopAtErrorRate: 0.2,
  })
  expect(report.requests.ok).toBe(14)
  expect(report.verdict).toBe('inconclusive')
})

test('secrets stay out of the report', async () => {
  const url = await referenceServer({ apiKey: 'sesame-1234' })
  const report = await bench(`${url}?token=hush-hush-99`, { apiKey: 'sesame-1234' })
  expect(JSON.stringify(report)).not.toMatch(/sesame|hush/)
})

/** The inverse of the standard normal distribution, by Newton's method. */
function normalQuantile(share: number): number {
  let x = 0
  for (let i = 0; i < 50; i++) {
    const error = normalCdf(x) - share
    x -= error / (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  }
  return x
}

function normalCdf(x: number): number {
  const steps = 400
  let sum = 0
  for (let i = 0; i < steps; i++) {
    const t = (x * (i + 0.5)) / steps
    sum += Math.exp((-t * t) / 2)
  }
  return 0.5 + (sum * x) / steps / Math.sqrt(2 * Math.PI)
}
