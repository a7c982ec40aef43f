import { describe, expect, test, vi } from 'vitest'
import { type Clock, realClock, virtualClock } from '../../src/wire/index.ts'

const waitOn = (clock: Clock, moment: number) =>
  new Promise<number>((resolve) => clock.at(moment, () => resolve(clock.now())))

describe.each([
  ['real', realClock],
  ['virtual', virtualClock()],
])('the %s clock', (_, clock) => {
  test('runs what is due in order of time, never early', async () => {
    const start = clock.now()
    const ran: number[] = []
    const wait = async (after: number) => {
      const at = await waitOn(clock, start + after)
      expect(at).toBeGreaterThanOrEqual(start + after)
      ran.push(after)
    }
    await Promise.all([30, 10, 20, 0, 10.5].map(wait))
    expect(ran).toEqual([0, 10, 10.5, 20, 30])
  })

  test('does not run what was called off', async () => {
    const start = clock.now()
    let ran = false
    clock.at(start + 10, () => (ran = true))()
    await waitOn(clock, start + 20)
    expect(ran).toBe(false)
  })

  test('takes work from work', async () => {
    const start = clock.now()
    await waitOn(clock, start + 5)
    expect(await waitOn(clock, start + 10)).toBeGreaterThanOrEqual(start + 10)
  })
})

test('what is due together runs in the order in which it was given', async () => {
  const clock = virtualClock()
  const ran: number[] = []
  for (const name of [1, 2, 3, 4, 5]) clock.at(50, () => ran.push(name))
  await waitOn(clock, 51)
  expect(ran).toEqual([1, 2, 3, 4, 5])
})

test('what is due in months wakes nobody before', async () => {
  const wakings = vi.spyOn(globalThis, 'setTimeout')
  const callOff = realClock.at(realClock.now() + 2 ** 32, () => {})
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  callOff()
  expect(wakings.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1])
  wakings.mockRestore()
})

const busyFor = (ms: number) => {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test('of what is late, what has a high priority goes first', async () => {
  const ran: string[] = []
  const due = realClock.now()
  realClock.at(due, () => ran.push('first'))
  realClock.at(due + 1, () => ran.push('second'))
  realClock.at(due + 2, () => ran.push('urgent'), 'high')
  busyFor(5)
  await waitOn(realClock, due + 6)
  expect(ran).toEqual(['urgent', 'first', 'second'])
})

test('what is late keeps nobody waiting for long', async () => {
  const ran: number[] = []
  const due = realClock.now()
  for (let i = 0; i < 50; i++) {
    realClock.at(due, () => {
      ran.push(i)
      busyFor(1)
    })
  }
  await expect.poll(() => ran.length, { interval: 0 }).toBeGreaterThan(0)
  expect(ran.length).toBeLessThan(25)
  await waitOn(realClock, due + 1)
  expect(ran).toHaveLength(50)
})
