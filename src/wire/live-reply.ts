import type { Frame, Reply } from './reply.ts'

/**
 * An answer that is still being made.
 *
 * A frame is due at its time, or when it comes, if that is later: at 0, it is due at once. The next is
 * asked for when the reader has taken the last, as far as buffers on the way allow. A client that
 * leaves ends the frames, by `return`, and waits for nothing. What throws breaks the connection; before
 * the head is sent, there is no answer then.
 */
export interface LiveReply extends Omit<Reply, 'frames'> {
  readonly frames: AsyncIterable<Frame>
}

/** An answer to be played: finished, or still being made. */
export type AnyReply = Reply | LiveReply

export function isLive(reply: AnyReply): reply is LiveReply {
  return !Array.isArray(reply.frames)
}

/** A frame that has come, with the time at which it is due: never before it came. */
export function dueBy(frame: Frame, cameMs: number): Frame {
  return frame.atMs >= cameMs ? frame : { ...frame, atMs: cameMs }
}
