import { expect, onTestFinished, test } from 'vitest'
import { findCapacity, longestSearch, versus } from '../../src/bench/index.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import { dialects } from '../../src/protocol/index.ts'

async function calibrationServer(options = {}): Promise<string> {
  const server = await startCalibrationServer(options)
  onTestFinished(() => server.close())
  return server.url
}

function answering(dueMs: readonly number[]) {
  return {
    bodies: [{ calibration: { dueMs } }],
    scripts: [[{ body: 0, pauseMs: 0, cancelAfterMs: null }]],
  }
}

const QUICK = { calibrate: false, extent: { warmupMs: 0, durationMs: 4_000 } }

// A machine that stalls for a tenth of a second makes answers late, and rightly so: once more, then.
const UNTIL_QUIET = { timeout: 120_000, retry: 2 }

test('the capacity of a server with a known limit, within 5 %', UNTIL_QUIET, async () => {
  const { ratePerSecond, steps } = await findCapacity({
    url: await calibrationServer({ slots: 4 }),
    ...QUICK,
    requests: answering([100]),
    budgets: ['ttft_sched p(50)<200'],
    startRate: 20,
  })
  // Four at a time, 100 ms each; timers make that a little more. Above it half wait for twice as long.
  expect(ratePerSecond).toBeGreaterThanOrEqual(40 * 0.95)
  expect(ratePerSecond).toBeLessThanOrEqual(40 * 1.05)
  expect(steps.length).toBeLessThan(10)
})

test('how long a search takes at most, before anything is sent', () => {
  const search = { url: 'http://127.0.0.1:1', budgets: ['errors<0.01'] }
  expect(longestSearch(search)).toEqual({
    // From 1 to 65,536 requests a second, and five more to come within 5 %.
    rates: 17 + 5,
    // 3 s of warm-up, 30 s, and 3 s for the instrument.
    rateMs: 36_000,
    timeoutMs: 20_000,
  })
  const short = { ...QUICK, extent: { ...QUICK.extent, requests: 100 } }
  expect(longestSearch({ ...search, ...short, startRate: 50_000 })).toMatchObject({
    rates: 2 + 5,
    rateMs: 2,
  })
  expect(() => longestSearch({ url: search.url })).toThrow('--budget')
})

test('without a budget there is no capacity to find', async () => {
  await expect(findCapacity({ url: 'http://127.0.0.1:1' })).rejects.toThrow('--budget')
})

test.each(dialects)('two endpoints in turns, the second in $id', async (dialect) => {
  const url = await calibrationServer()
  const second = await calibrationServer({ dialect: dialect.id })
  const result = await versus(
    {
      url,
      calibrate: false,
      load: { kind: 'closed', concurrency: 10 },
      extent: { warmupMs: 0, durationMs: 20_000, requests: 160 },
      requests: answering([50]),
    },
    { url: second, dialect, requests: answering([250]) },
  )
  expect(result.first.requests.attempted).toBe(160)
  expect(result.second.requests.attempted).toBe(160)
  expect(result.comparison.difference).toBe('slower')
  expect(result.comparison.metrics[0]).toMatchObject({ metric: 'ttft', difference: 'slower' })
})
