import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Capacity, findCapacity, type Load, sweep } from '../../src/bench/index.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { DONE, says } from '../support/exchanges.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

const atOnce = (concurrency: number): Load => ({ kind: 'closed', concurrency })
const aSecond = (ratePerSecond: number): Load => ({
  kind: 'open',
  spacing: 'constant',
  ratePerSecond,
})
const QUICK = { calibrate: false, extent: { warmupMs: 0, durationMs: 20_000, requests: 30 } }
const ANSWER = `${says('Hi.')}${DONE}`

test('each load has its step, and the budgets stop holding where the server does', async () => {
  const server = await startCalibrationServer({ slots: 2 })
  onTestFinished(() => server.close())
  const { steps } = await sweep({
    url: server.url,
    calibrate: false,
    extent: { warmupMs: 0, durationMs: 1_500 },
    requests: {
      bodies: [{ calibration: { dueMs: [100] } }],
      scripts: [[{ body: 0, pauseMs: 0, cancelAfterMs: null }]],
    },
    budgets: ['ttft_sched p(50)<1000'],
    // Two at a time, 100 ms each, are 20 a second.
    loads: [aSecond(5), aSecond(80)],
  })
  expect(steps).toMatchObject([
    { ratePerSecond: 5, concurrency: null, holds: true },
    { ratePerSecond: 80, holds: false, report: { verdict: 'over-budget' } },
  ])
})

test('the instrument is measured under each load', async () => {
  const { steps } = await sweep({
    url: await referenceServer(),
    extent: { warmupMs: 0, durationMs: 20_000, requests: 5 },
    loads: [atOnce(1), atOnce(3)],
  })
  expect(steps).toMatchObject([
    { concurrency: 1, ratePerSecond: null, report: { instrument: { calibrated: true } } },
    { concurrency: 3, report: { instrument: { calibrated: true }, requests: { attempted: 5 } } },
  ])
})

test('an endpoint that breaks down under a load is a result, and the steps before it stand', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    // A thread that never waits would make the run void.
    setTimeout(() => response.end(ANSWER), 20)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { steps } = await sweep({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...QUICK,
    loads: [atOnce(1), atOnce(2)],
    onStep() {
      server.close()
      server.closeAllConnections()
    },
  })
  expect(steps).toMatchObject([
    { holds: true, report: { requests: { ok: 30 } } },
    { holds: false, report: { requests: { ok: 0, failed: { connect: 30 } } } },
  ])
})

test('a step that was stopped because too much failed is the last', async () => {
  let count = 0
  const url = await rawServer((_, response) => {
    // One to see what answers, then the first step.
    if (++count > 31) return void response.writeHead(500).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    setTimeout(() => response.end(ANSWER), 20)
  })
  const options = { url, ...QUICK, stopAtErrorRate: 0.5 }
  const { steps } = await sweep({ ...options, loads: [atOnce(1), atOnce(2), atOnce(4)] })
  expect(steps.map(({ holds }) => holds)).toEqual([true, false])
  expect(steps[1]!.report.reasons).toContain('too many requests failed, so the run was stopped')

  const capacity = await findCapacity({ ...options, budgets: ['errors<0.1'], startRate: 100 })
  expect(capacity).toMatchObject({ ratePerSecond: null, isComplete: true })
})

/** A server whose answers all come at once, and which refuses beyond so many in a step. */
async function sheddingBeyond(requests: number): Promise<{ url: string; onStep: () => void }> {
  let answered = 0
  const url = await rawServer((_, response) => {
    if (++answered > requests) return void response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER)
  })
  return { url, onStep: () => (answered = 0) }
}

describe('a rate that brings too few requests to tell', () => {
  // Of one second each, so that a step has as many requests as its rate.
  const search = { calibrate: false, extent: { warmupMs: 0, durationMs: 1_000 } }
  const outcomesOf = ({ steps }: Capacity) =>
    steps.map(({ ratePerSecond, outcome }) => [ratePerSecond, outcome])

  test('is below the capacity, which a higher rate can tell', async () => {
    const capacity = await findCapacity({
      ...search,
      ...(await sheddingBeyond(150)),
      budgets: ['ttft p(95)<10000'],
      startRate: 25,
    })
    expect(outcomesOf(capacity).slice(0, 4)).toEqual([
      [25, 'too-few'],
      [50, 'too-few'],
      [100, 'holds'],
      [200, 'breaks'],
    ])
    expect(capacity.ratePerSecond).toBeGreaterThanOrEqual(100)
    expect(capacity.ratePerSecond).toBeLessThan(200)
  })

  test('does not hold when only higher ones break', async () => {
    const capacity = await findCapacity({
      ...search,
      ...(await sheddingBeyond(20)),
      budgets: ['ttft p(95)<10000'],
      startRate: 10,
    })
    expect(outcomesOf(capacity).slice(0, 2)).toEqual([
      [10, 'too-few'],
      [20, 'too-few'],
    ])
    expect(capacity.steps.map(({ outcome }) => outcome)).toContain('breaks')
    expect(capacity).toMatchObject({ ratePerSecond: null, isComplete: false })
  })

  test('is the last where --requests brings no more', async () => {
    const capacity = await findCapacity({
      ...QUICK,
      url: await referenceServer(),
      budgets: ['ttft p(95)<10000'],
      startRate: 20,
    })
    expect(outcomesOf(capacity)).toEqual([
      [20, 'too-few'],
      [40, 'too-few'],
    ])
    expect(capacity).toMatchObject({ ratePerSecond: null, isComplete: false })
  })
})

test('an interruption leaves the steps until then', async () => {
  const interrupt = new AbortController()
  const url = await referenceServer()
  const options = { url, ...QUICK, signal: interrupt.signal, onStep: () => interrupt.abort() }
  const { steps } = await sweep({ ...options, loads: [atOnce(1), atOnce(2)] })
  expect(steps).toMatchObject([{ concurrency: 1, report: { requests: { ok: 30 } } }])
})

test('a search that was interrupted knows a rate that holds, not the highest', async () => {
  const interrupt = new AbortController()
  const capacity = await findCapacity({
    url: await referenceServer(),
    ...QUICK,
    budgets: ['ttft p(50)<10000'],
    startRate: 50,
    signal: interrupt.signal,
    onStep: () => interrupt.abort(),
  })
  expect(capacity).toMatchObject({ ratePerSecond: 50, isComplete: false })
})

test('nothing is sent before all loads are known to make sense', async () => {
  const options = { url: 'http://127.0.0.1:1', loads: [atOnce(1), atOnce(0)] }
  await expect(sweep(options)).rejects.toThrow('concurrency is 0')
  await expect(sweep({ ...options, loads: [] })).rejects.toThrow('no loads')
})
