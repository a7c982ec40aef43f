import { afterEach, expect, test, vi } from 'vitest'
import { wallClock } from '../../../src/tap/pass/wall-clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('the time of day goes on where the clock is set back', () => {
  const before = wallClock()
  expect(Math.abs(Date.parse(before) - Date.now())).toBeLessThan(60_000)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  expect(wallClock() >= before).toBe(true)
})
