import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pause } from '../../src/wire/pause.ts'

/** Longer than one may keep others waiting. */
const PIECE_MS = 15

test('who comes later waits for a few pieces of long work, however many do such work', async () => {
  let pieces = 0
  const work = async () => {
    for (let piece = 0; piece < 5; piece++) {
      const until = performance.now() + PIECE_MS
      while (performance.now() < until);
      pieces++
      await pause()
    }
  }
  const long = Promise.all(Array.from({ length: 10 }, work))
  // Now when it is the oldest's turn, now when it is the newest's.
  for (let turns = 0; turns < 6; turns++) {
    await sleep((turns + 0.5) * PIECE_MS)
    const before = pieces
    await pause()
    expect(pieces - before).toBeLessThanOrEqual(2)
  }
  await long
  expect(pieces).toBe(50)
})
