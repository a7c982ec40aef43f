import type { Frame, Reply } from '../../../wire/index.ts'
import type { Failure } from '../../dialect.ts'
import { DONE } from '../chat-chunk.ts'

/** Ends a stream with an error after so many tokens, without its terminator; the role comes in any case. */
export function breakOff(reply: Reply, { afterTokens, reply: error }: Failure): Reply {
  const kept = reply.frames
    .slice(0, 1 + afterTokens)
    .filter((frame) => frame.kind !== 'event' || frame.data !== DONE)
  const atMs = kept.at(-1)!.atMs
  const last = error.frames.map((frame): Frame =>
    frame.kind === 'bytes' ? { kind: 'event', atMs, data: String(frame.bytes) } : frame,
  )
  return { ...reply, frames: [...kept, ...last] }
}
