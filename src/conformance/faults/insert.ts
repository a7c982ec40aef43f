import { DONE } from '../../protocol/index.ts'
import type { Frame, Tamper } from '../../wire/index.ts'
import { editFrames } from './edit-frames.ts'

/** Puts frames into the middle of a stream. */
export function insertMidway(...frames: readonly Frame[]): Tamper {
  return editFrames((all) => all.toSpliced(Math.floor(all.length / 2), 0, ...frames))
}

/** Puts frames after `[DONE]`. */
export function insertAfterDone(...frames: readonly Frame[]): Tamper {
  return editFrames((all) =>
    all.toSpliced(
      all.findIndex((frame) => frame.kind === 'event' && frame.data === DONE) + 1,
      0,
      ...frames,
    ),
  )
}
