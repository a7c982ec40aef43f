import type { Reply } from '../../wire/index.ts'

/** The same answer with a pause before each frame. */
export function slowDown(reply: Reply, pauseMs: number): Reply {
  return { ...reply, frames: reply.frames.map((frame, i) => ({ ...frame, atMs: i * pauseMs })) }
}
