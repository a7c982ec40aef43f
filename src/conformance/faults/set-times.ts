import type { Tamper } from '../../wire/index.ts'
import { editFrames } from './edit-frames.ts'

/** Sends each frame of a stream at another time, in milliseconds; told its place and how many there are. */
export function setTimes(timeOf: (index: number, count: number) => number): Tamper {
  return editFrames((frames) =>
    frames.map((frame, i) => ({ ...frame, atMs: timeOf(i, frames.length) })),
  )
}
