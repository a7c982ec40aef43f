import { expect, test } from 'vitest'
import { mapInSlices } from '../../src/conformance/run/map-in-slices.ts'
import { holdUp } from '../support/hold-up.ts'

test('what takes long is done in its order, and lets the event loop turn', async () => {
  const done: number[] = []
  let doneAtTurn: readonly number[] = []
  setImmediate(() => (doneAtTurn = [...done]))
  const mapped = await mapInSlices([1, 2, 3], (n) => {
    holdUp(60)
    done.push(n)
    return 2 * n
  })
  expect(mapped).toEqual([2, 4, 6])
  expect(doneAtTurn).toEqual([1])
})
