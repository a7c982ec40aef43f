import type { Piece } from '../../protocol/index.ts'
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
/** Fewer come within a moment from a fast model, too. */
const MIN_BURST = 20

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
  evidence: Evidence,
  others: readonly Evidence[],
  minMs: number,
): HeldBack | undefined {
  const times = deltaTimes(evidence)
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

/** A reply that came late, and at once. */
export interface LateBurst {
  readonly evidence: Evidence
  readonly waitMs: number
  readonly burstMs: number
  readonly deltas: number
}

/**
 * The long replies, if all of them came late and at once; none where that may be chance: where there
 * is one alone, or where any reply, however short, began early.
 */
export function lateBursts(replies: readonly Evidence[], minMs: number): readonly LateBurst[] {
  const bursts = replies.flatMap((evidence): LateBurst[] => {
    const times = deltaTimes(evidence)
    const [waitMs, lastMs] = [times[0], times.at(-1)]
    return waitMs === undefined || lastMs === undefined
      ? []
      : [{ evidence, waitMs, burstMs: lastMs - waitMs, deltas: times.length }]
  })
  const long = bursts.filter(({ deltas }) => deltas >= MIN_BURST)
  const isEvery =
    bursts.every(({ waitMs }) => waitMs >= minMs) &&
    long.every(({ burstMs }) => burstMs <= BURST_MS)
  return isEvery && long.length > 1 ? long : []
}

/** When the deltas came that carry something; what says several things is one. */
function deltaTimes({ reading, stream }: Evidence): number[] {
  const times: number[] = []
  let last: Piece | undefined
  for (const piece of reading.pieces) {
    if (piece.kind !== 'text' && piece.kind !== 'reasoning' && piece.kind !== 'call') continue
    const isSame = last?.event === piece.event && 'choice' in last && last.choice === piece.choice
    const { atMs } = stream.events[piece.event]!
    if (!isSame && atMs !== null) times.push(atMs)
    last = piece
  }
  return times
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
