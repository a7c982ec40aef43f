import type { Evidence } from './evidence.ts'
import { isWhole } from './is-whole.ts'
import { startOf } from './overlap.ts'

/** Of two requests sent at once, one that waited until the other was served. Times from the first request on. */
export interface ServedInTurn {
  readonly later: Evidence
  /** When the reply to the other was over. */
  readonly endMs: number
  /** When its own reply said or called something. */
  readonly firstMs: number
}

/** So often in a row, it is no chance. */
export const ROUNDS = 3
/** Below, nobody feels it, and a busy machine alone may look like it. */
const NOTICEABLE_MS = 300
/** What a busy machine adds. */
const BUSY_MS = 1_000
/** Replies that are awaited whole are over when they begin: what is served in turn is waited for twice. */
const WAITED_TWICE = 1.5

/** Tells two requests that were sent at once, and served one after the other, from two that were served together. */
export function servedInTurn(a: Evidence, b: Evidence): ServedInTurn | undefined {
  if (!isWhole(a) || !isWhole(b)) return undefined
  const sentMs = Math.min(startOf(a), startOf(b))
  const [first, second] = [a, b]
    .map((evidence) => {
      const { firstContentMs = 0, doneMs, totalMs = 0 } = evidence.timing
      const lateMs = startOf(evidence) - sentMs
      return { evidence, firstMs: lateMs + firstContentMs, endMs: lateMs + (doneMs ?? totalMs) }
    })
    .toSorted((one, other) => one.firstMs - other.firstMs)
  const { endMs, firstMs: begunMs } = first!
  const { firstMs, evidence: later } = second!
  if (firstMs < endMs || firstMs - begunMs < NOTICEABLE_MS) return undefined
  const streamed = endMs - begunMs >= NOTICEABLE_MS
  // In a queue it waits as long for its own first words as the first did; what is slow waits longer.
  const own = 2 * begunMs + (streamed ? BUSY_MS : NOTICEABLE_MS)
  if (firstMs > endMs + own) return undefined
  return streamed || firstMs >= WAITED_TWICE * begunMs ? { later, endMs, firstMs } : undefined
}
