import type { Reply } from '../wire/index.ts'

/** How long an answer is, in characters or bytes. */
export function sizeOf({ frames }: Reply): number {
  return frames.reduce((sum, frame) => {
    if (frame.kind === 'event') return sum + frame.data.length
    return sum + (frame.kind === 'bytes' ? frame.bytes.length : 0)
  }, 0)
}
