import { eventStreamReply, type Frame, type LiveReply, type Reply } from '../../src/wire/index.ts'

/** What a source of frames has gone through. */
export interface Watched {
  readonly reply: LiveReply
  /** Frames given so far. */
  given: number
  /** Whether its `finally` has run. */
  ended: boolean
}

/** A live answer of the frames that a generator gives. */
export function live(
  frames: AsyncIterable<Frame>,
  options: Partial<Pick<Reply, 'headersAtMs' | 'coding'>> = {},
): LiveReply {
  const { headers, ...reply } = eventStreamReply([])
  const coding = options.coding ? [['content-encoding', options.coding] as const] : []
  return { ...reply, ...options, headers: [...headers, ...coding], frames }
}

/** A live answer whose generator is watched. */
export function watched(
  make: () => AsyncIterable<Frame>,
  options?: Parameters<typeof live>[1],
): Watched {
  async function* frames() {
    try {
      for await (const frame of make()) {
        state.given++
        yield frame
      }
    } finally {
      state.ended = true
    }
  }
  const state: Watched = { reply: live(frames(), options), given: 0, ended: false }
  return state
}

export const event = (data: string, atMs = 0): Frame => ({ kind: 'event', atMs, data })
