import { expect, test } from 'vitest'
import { Readings } from '../../src/conformance/evidence/readings.ts'

const MIB = 1024 * 1024

function counted(weight: number) {
  const readings = new Readings(() => weight)
  let made = 0
  return { read: () => readings.once('text', () => ++made) }
}

test('a reading is made once', () => {
  const { read } = counted(1)
  expect([read(), read()]).toEqual([1, 1])
})

test('the readings used longest ago are forgotten when memory is short, and made again', () => {
  const all = Array.from({ length: 3 }, () => counted(12 * MIB))
  const [first, second, third] = all as [
    (typeof all)[number],
    (typeof all)[number],
    (typeof all)[number],
  ]
  first.read()
  second.read()
  expect(first.read()).toBe(1)
  third.read()
  expect(first.read()).toBe(1)
  expect(second.read()).toBe(2)
})

test('what weighs too much alone is kept as long as it is used', () => {
  const heavy = counted(1_000 * MIB)
  expect([heavy.read(), heavy.read()]).toEqual([1, 1])
  counted(1).read()
  expect(heavy.read()).toBe(2)
})
