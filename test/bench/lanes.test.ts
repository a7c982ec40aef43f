import { describe, expect, onTestFinished, test } from 'vitest'
import { calibrationBodies } from '../../src/bench/instrument/calibrate.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { runLanes } from '../../src/bench/lane/run-lanes.ts'
import { planLanes } from '../../src/bench/plan/plan-lanes.ts'

describe('answers that wait to be taken', () => {
  /** Sends requests, each of whose answers takes so long to be taken. */
  async function run(busyMs: number, requests: number) {
    const server = await startCalibrationServer()
    onTestFinished(() => server.close())
    const bodies = calibrationBodies({ firstMs: 1, gapMs: 1, events: 5 })
    const stopping = new AbortController()
    let taken = 0
    await runLanes(
      {
        origin: new URL(server.url).origin,
        path: '/v1/chat/completions',
        headers: ['content-type', 'application/json'],
        bodies: bodies.map((body) => JSON.stringify(body)),
        scripts: bodies.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
        timeoutMs: 5_000,
      },
      planLanes(
        { kind: 'closed', concurrency: 8 },
        { warmupMs: 0, durationMs: 60_000, requests },
        0,
      ),
      {
        drain: stopping.signal,
        abort: new AbortController().signal,
        maxWaitingBytes: 300_000,
        onBehind: () => stopping.abort(),
        onFlights(flights) {
          taken += flights.length
          const end = performance.now() + busyMs * flights.length
          while (performance.now() < end);
        },
      },
    )
    return { taken, wasBehind: stopping.signal.aborted }
  }

  test('stop the run before they fill the memory; what was sent is taken', async () => {
    const { taken, wasBehind } = await run(4, 4_000)
    expect(wasBehind).toBe(true)
    expect(taken).toBeGreaterThan(8)
    expect(taken).toBeLessThan(4_000)
  })

  test('are no trouble as long as they are taken in time', async () => {
    expect(await run(0, 400)).toEqual({ taken: 400, wasBehind: false })
  })
})
