import { encodeFrame, type Frame, type Tamper } from '../../wire/index.ts'
import { editFrames } from './edit-frames.ts'

/** Edits a whole stream as the text that would be written; it then leaves at once. */
export function editBody(edit: (body: string) => string | Uint8Array): Tamper {
  return editFrames((frames) => {
    const body = frames
      .map((frame) => (frame.kind === 'hang-up' ? '' : encodeFrame(frame)))
      .map((piece) => (typeof piece === 'string' ? piece : new TextDecoder().decode(piece)))
      .join('')
    return [{ kind: 'bytes', atMs: 0, bytes: edit(body) } satisfies Frame]
  })
}
