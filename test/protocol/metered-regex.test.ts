import { expect, test } from 'vitest'
import { linearRegex } from '../../src/protocol/index.ts'
import { noise } from '../support/noise.ts'

const letters = (count: number) => noise(count, 'ab')

function costOf(source: string, text: string, method: 'test' | 'exec' = 'test'): number {
  let cost = 0
  linearRegex(source)[method](text, (instructions) => (cost += instructions))
  return cost
}

test.each(['order (\\w+)', '\\b(bye|thanks)\\b.*\\d{4}', '(x+x+)+y', 'hi.{0,40}world'])(
  '/%s/ costs no more for a text that is longer',
  (source) => {
    const text = 'y hi order 12 bye to the whole world, thanks x. '
    expect(costOf(source, text.repeat(10_000))).toBeLessThanOrEqual(costOf(source, text) + 2_000)
  },
)

test.each(['(a|b)*a(a|b){18}z', '^(?=.*a.{20}bz)', 'a.{200}z'])('/%s/ costs the more', (source) => {
  const cost = (count: number) => costOf(source, `bz${letters(count)}`)
  expect(cost(20_000)).toBeGreaterThan(100_000)
  expect(cost(20_000)).toBeGreaterThan(cost(5_000) * 2)
})

test('what looks behind walks through all instructions', () => {
  expect(costOf('(?<=x.*)ab', `ab${'b'.repeat(1e5)}`)).toBeGreaterThan(1e5)
})

test('groups cost by the length of both', () => {
  expect(costOf('(a|b){9}c', 'a'.repeat(1_000), 'exec')).toBeGreaterThan(5_000)
})

test('what throws where it is told ends the work, and the next text is matched', () => {
  const regex = linearRegex('(a|b)*a(a|b){12}z')
  const spend = () => {
    throw new Error('too much')
  }
  expect(() => regex.test(`z${letters(1_000)}`, spend)).toThrow('too much')
  expect(regex.test(`z${letters(1_000)}aaaaaaaaaaaaaz`)).toBe(true)
  expect(regex.test(`z${letters(1_000)}`)).toBe(false)
})
