import { setTimeout as sleep } from 'node:timers/promises'
import type { LaneLoad } from './lane-messages.ts'
import type { Play } from './script-player.ts'

/** Each slot warms up with so many requests at least, whatever the time. */
const WARMUP_REQUESTS = 2
/** Slots start one after the other within the warm-up: in step, they would only measure each other. */
const STAGGER_MS = 1_000

/** Starts a script in each slot when the one before it is over. */
export async function closedLoop(
  { slots, endMs, indexes, warmupMs }: Extract<LaneLoad, { kind: 'closed' }>,
  zero: number,
  play: Play,
  drain: AbortSignal,
): Promise<void> {
  let { first: next } = indexes
  let nextWarmup = -1
  const slot = async (_: unknown, i: number) => {
    const stagger = (Math.min(warmupMs, STAGGER_MS) * i) / slots
    await sleep(Math.max(0, zero + stagger - performance.now()))
    for (let sent = 0; !drain.aborted; sent++) {
      const now = performance.now() - zero
      if (now >= endMs) return
      if (warmupMs > 0 && (now < warmupMs || sent < WARMUP_REQUESTS)) {
        await play(nextWarmup--, now + zero)
        continue
      }
      if (next >= indexes.end) return
      const index = next
      next += indexes.step
      await play(index, now + zero)
    }
  }
  await Promise.all(Array.from({ length: slots }, slot))
}
