import { expect, test } from 'vitest'
import { inSlices } from '../../src/conformance/run/in-slices.ts'
import { holdUp } from '../support/hold-up.ts'

test('what takes long is done in its order, and lets the event loop turn', async () => {
  const done: number[] = []
  let doneAtTurn: readonly number[] = []
  setImmediate(() => (doneAtTurn = [...done]))
  const steps = function* (): Generator<undefined, number, boolean> {
    for (const n of [1, 2, 3]) {
      yield
      holdUp(60)
      done.push(n)
    }
    return done.length
  }
  expect(await inSlices(steps(), undefined)).toBe(3)
  expect(done).toEqual([1, 2, 3])
  expect(doneAtTurn).toEqual([1])
})
