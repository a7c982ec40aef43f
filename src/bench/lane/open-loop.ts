import type { LaneLoad } from './lane-messages.ts'
import type { PreciseTimer } from './precise-timer.ts'
import type { Play } from './script-player.ts'

/** Starts a script at each due time, whatever became of those before. */
export async function openLoop(
  { indexes, dueMs }: Extract<LaneLoad, { kind: 'open' }>,
  zero: number,
  play: Play,
  timer: PreciseTimer,
  drain: AbortSignal,
): Promise<void> {
  const playing = new Set<Promise<void>>()
  for (const [i, index] of indexes.entries()) {
    const due = zero + dueMs[i]!
    await timer.until(due, drain)
    if (drain.aborted) break
    const script = play(index, due)
    playing.add(script)
    void script.then(() => playing.delete(script))
  }
  await Promise.all(playing)
}
