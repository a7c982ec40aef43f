import { expect, test } from 'vitest'
import { type Arrival, boundBody, BOUNDS, concatArrivals, marksIn } from '../../src/wire/index.ts'

const { bytes, lines, values } = BOUNDS.answer
const body = (...pieces: string[]): Arrival[] =>
  pieces.map((piece, atMs) => ({ atMs, bytes: Buffer.from(piece) }))
const lengthOf = (arrivals: readonly Arrival[]) => concatArrivals(arrivals).length

test('a body within the bounds stays as it is', () => {
  const arrivals = body('data: {"a": [1, 2]}\r\n', '\r\n')
  expect(boundBody(arrivals)).toEqual({ arrivals, excess: undefined })
  expect(boundBody(arrivals).arrivals).toBe(arrivals)
  expect(marksIn(arrivals)).toEqual({ lines: 4, values: 3 })
})

test.each([
  ['bytes', 'x', bytes],
  ['lines', '\n', lines],
  ['values', '{', values],
  ['values', ',', values],
] as const)('a body is cut at too many %s: %o', (excess, mark, bound) => {
  const allowed = mark.repeat(bound)
  expect(boundBody(body(allowed))).toMatchObject({ excess: undefined })
  const cut = boundBody(body(allowed, mark + mark, mark))
  expect(cut.excess).toBe(excess)
  expect(lengthOf(cut.arrivals)).toBe(bound)
})

test('pieces before the cut keep their times', () => {
  const cut = boundBody(body('data: {}\n\n', '\n'.repeat(lines)))
  expect(cut.arrivals.map(({ atMs }) => atMs)).toEqual([0, 1])
  expect(lengthOf(cut.arrivals)).toBe(10 + lines - 2)
})

test('what stands within a string is no value, wherever the string is split', () => {
  const text = JSON.stringify({ a: '\\[,{"'.repeat(100), b: [1, 2] })
  expect(marksIn(body(text)).values).toBe(4)
  for (let at = 1; at < 30; at++) {
    expect(marksIn(body(text.slice(0, at), text.slice(at))).values).toBe(4)
  }
})

test('a string ends with its line', () => {
  expect(marksIn(body('data: "\n', 'data: [1,2]')).values).toBe(2)
})
