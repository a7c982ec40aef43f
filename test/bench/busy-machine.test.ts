import { availableParallelism } from 'node:os'
import { createHistogram } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { benchmark } from '../../src/bench/index.ts'
import { busyMachine } from '../../src/bench/instrument/busy-machine.ts'
import { CoreMeter } from '../../src/bench/instrument/core-meter.ts'
import { judgeInstrument } from '../../src/bench/instrument/judge-instrument.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'

describe('cores', () => {
  /** Looks at two cores every half second, which were idle for so much of it. */
  function fullShareOf(idleShares: readonly number[]): number {
    let [busyMs, idleMs] = [60_000, 3_000_000]
    const meter = new CoreMeter({ busyMs, idleMs })
    for (const share of idleShares) {
      busyMs += 1_000 * (1 - share)
      idleMs += 1_000 * share
      meter.look({ busyMs, idleMs })
    }
    return meter.fullShare
  }

  test.each([
    ['that were not looked at', [], 0],
    ['of which one is idle', [0.5, 0.5, 0.5], 0],
    ['with a little time left', [0.06, 0.06], 0],
    ['without', [0, 0.01, 0.04], 1],
    ['with work that begins in the middle of a run', [0.9, 0.9, 0, 0], 0.5],
    ['with work that ends', [0, 0.9, 0.9, 0.9], 0.25],
  ])('%s', (_, idleShares, share) => {
    expect(fullShareOf(idleShares)).toBeCloseTo(share)
  })

  test('that tell nothing of themselves', () => {
    const meter = new CoreMeter({ busyMs: 0, idleMs: 0 })
    meter.look({ busyMs: 0, idleMs: 0 })
    expect(meter.fullShare).toBe(0)
  })
})

describe('threads', () => {
  /** So many wake-ups in time, and so many that were so late. */
  function wakesOf(inTime: number, late: number, lateMs: number) {
    const wakes = createHistogram()
    for (let i = 0; i < inTime; i++) wakes.record(5_100_000)
    for (let i = 0; i < late; i++) wakes.record((5 + lateMs) * 1e6)
    return wakes
  }

  test.each([
    ['that woke late while no core was idle', 1, wakesOf(970, 30, 3), 3],
    ['that did so in the half of a run', 0.5, wakesOf(993, 7, 3), 3],
    ['that did so no more often than once in a hundred', 1, wakesOf(993, 7, 3), undefined],
    ['that had to wait for nothing, though no core was idle', 1, wakesOf(900, 100, 1.2), undefined],
    ['that had much to do themselves', 0, wakesOf(900, 100, 6), undefined],
    ['beside a burst', 0.05, wakesOf(9_000, 1_000, 6), undefined],
    ['that were held up, and woke seldom', 1, wakesOf(0, 40, 100), 100],
    ['that were held up twice', 1, wakesOf(960, 2, 100), 75],
    ['that were held up once in a long run', 1, wakesOf(20_000, 1, 100), undefined],
    ['of a run too short to tell', 0.1, wakesOf(700, 100, 6), undefined],
  ])('%s', (_, share, wakes, lateMs) => {
    expect(busyMachine(share, [wakesOf(1_000, 0, 0), wakes])).toEqual(
      lateMs && { share, wokeLateP99: expect.closeTo(lateMs, 0) },
    )
  })
})

test('a busy machine is no excuse for threads that cannot keep up', () => {
  const busy = { share: 1, wokeLateP99: 30 }
  const seen = { calibrated: true, eventLoopUtilization: 0.9, ttftErrorP99: 1, busy }
  const { verdict, reasons } = judgeInstrument(seen, null)
  expect(verdict).toBe('void')
  expect(reasons).toEqual([
    expect.stringContaining('busy for 90 % of the time'),
    expect.stringContaining('for 100 % of the run no core of this machine was idle'),
  ])
})

test('loops that begin beside a run are told of', async () => {
  await using server = await startCalibrationServer()
  const run = benchmark({
    url: server.url,
    load: { kind: 'closed', concurrency: 4 },
    extent: { warmupMs: 0, durationMs: 5_000, requests: null },
    calibrate: false,
    requests: {
      bodies: [{ calibration: { dueMs: [50, 70, 90] } }],
      scripts: [[{ body: 0, pauseMs: 0, cancelAfterMs: null }]],
    },
  })
  await sleep(1_500)
  const loops = Array.from(
    { length: 2 * availableParallelism() },
    () => new Worker('for (;;);', { eval: true }),
  )
  onTestFinished(async () => void (await Promise.all(loops.map((loop) => loop.terminate()))))
  const { instrument, reasons } = await run
  expect(instrument.verdict).toBe('warn')
  expect(instrument.busy?.share).toBeGreaterThan(0.3)
  expect(reasons.join()).toMatch(/no core of this machine was idle, .* threads then woke up to \d/)
})
