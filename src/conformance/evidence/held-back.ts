import type { Evidence } from './evidence.ts'

/** Shorter replies tell nothing. */
const MIN_DELTAS = 8
/** A reply that streams has begun by then. */
const LATEST_BEGINNING = 0.6
/** A model needs about as long for the first word of a long reply as for that of a short one. */
const SAME_START = 1.5
/** What comes at once does so within this time. */
const BURST_MS = 50
const BURST_SHARE = 0.8

/** How a reply came that was not streamed as it was generated. */
export interface HeldBack {
  readonly firstMs: number
  readonly lastMs: number
  readonly deltas: number
  /** How many of them came within a moment. */
  readonly burst: number
  /** Whether it began late; otherwise only most of it came at once. */
  readonly isLate: boolean
}

/**
 * Tells whether a long reply came late and then all at once; `undefined` for one that streamed, and
 * for one too short to tell. Reasoning counts: what is thought is not held back. A model that starts
 * late and is then very fast looks the same, but starts as late with `others`.
 */
export function heldBack(
  { reply, chunks }: Evidence,
  others: readonly Evidence[],
  minMs: number,
): HeldBack | undefined {
  const times = reply.pieces.flatMap(({ chunk, delta = {} }) => {
    const { content, reasoning, reasoning_content: thought, tool_calls: calls } = delta
    return content || reasoning || thought || calls ? (chunks[chunk]!.event.atMs ?? []) : []
  })
  const [firstMs = 0] = times
  const lastMs = times.at(-1) ?? 0
  if (times.length < MIN_DELTAS || lastMs < minMs) return undefined
  const starts = others.flatMap(({ timing }) => timing.firstContentMs ?? [])
  if (starts.length > 0 && firstMs <= Math.min(...starts) * SAME_START) return undefined
  const isLate = firstMs > lastMs * LATEST_BEGINNING
  const burst = largestBurst(times)
  return isLate || burst >= times.length * BURST_SHARE
    ? { firstMs, lastMs, deltas: times.length, burst, isLate }
    : undefined
}

/** The most deltas that came within a moment. */
function largestBurst(times: readonly number[]): number {
  let most = 0
  let start = 0
  for (const [i, atMs] of times.entries()) {
    while (atMs - times[start]! > BURST_MS) start++
    most = Math.max(most, i - start + 1)
  }
  return most
}
