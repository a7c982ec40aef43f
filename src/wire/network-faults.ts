import type { Tamper } from './fault.ts'
import { type BytesFrame, encodeFrames, type Frame, type Reply } from './reply.ts'

/** What a bad network, or a proxy on the way, does to a stream of events; by name. */
export const networkFaults: Readonly<Record<string, Tamper>> = {
  'network/reset': midway({ kind: 'hang-up', atMs: 0, how: 'reset' }),
  'network/half-open': midway({ kind: 'hang-up', atMs: 0, how: 'stall' }),
  'network/slow-headers': (reply) => ({ ...reply, headersAtMs: (reply.headersAtMs ?? 0) + 3_000 }),
  'network/byte-per-packet': recut((bytes) => Array.from(bytes, (byte) => Uint8Array.of(byte))),
  'network/events-in-one-packet': streamed((frames) =>
    chunk(frames, 8).map((together) => wholeOf(together)),
  ),
  'network/split-in-character': recut(cutInsideCharacters),
}

/** Changes answers that stream events; leaves other answers alone. */
function streamed(edit: (frames: readonly Frame[]) => readonly Frame[]): Tamper {
  return (reply: Reply) =>
    reply.frames.some(({ kind }) => kind === 'event')
      ? { ...reply, frames: edit(reply.frames) }
      : reply
}

function midway(frame: Frame): Tamper {
  return streamed((frames) => {
    const middle = Math.floor(frames.length / 2)
    return frames.toSpliced(middle, 0, { ...frame, atMs: frames[middle]!.atMs })
  })
}

/** Cuts each frame into packets of its own. */
function recut(cut: (bytes: Uint8Array) => readonly Uint8Array[]): Tamper {
  return streamed((frames) =>
    frames.flatMap((frame): Frame[] => {
      if (frame.kind === 'hang-up') return [frame]
      const { bytes } = wholeOf([frame])
      const { atMs } = frame
      return cut(bytes).map((piece) => ({ kind: 'bytes', atMs, bytes: piece, alone: true }))
    }),
  )
}

/** Some frames as one; it is due when the last of them is. */
function wholeOf(frames: readonly Frame[]): BytesFrame & { readonly bytes: Uint8Array } {
  const written = frames.filter(({ kind }) => kind !== 'hang-up')
  const bytes = encodeFrames(written, 0, written.length)
  return {
    kind: 'bytes',
    atMs: frames.at(-1)!.atMs,
    bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
    alone: true,
  }
}

function chunk(frames: readonly Frame[], size: number): Frame[][] {
  return Array.from({ length: Math.ceil(frames.length / size) }, (_, i) =>
    frames.slice(i * size, (i + 1) * size),
  )
}

/** A piece ends after the first byte of each character that has several. */
function cutInsideCharacters(bytes: Uint8Array): Uint8Array[] {
  const ends = [...bytes.keys()].filter((i) => bytes[i]! >= 0b1100_0000).map((i) => i + 1)
  return [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
}
