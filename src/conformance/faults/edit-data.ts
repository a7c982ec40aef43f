import type { Frame, Tamper } from '../../wire/index.ts'
import { editFrames } from './edit-frames.ts'

/** Edits the data of each event: gives one, several or none for each. */
export function editData(edit: (data: string) => string | readonly string[]): Tamper {
  return editFrames((frames) =>
    frames.flatMap((frame): Frame | Frame[] =>
      frame.kind === 'event'
        ? [edit(frame.data)].flat().map((data): Frame => ({ ...frame, data }))
        : frame,
    ),
  )
}
