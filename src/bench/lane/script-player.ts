import { setTimeout as sleep } from 'node:timers/promises'
import type { LaneOrder } from './lane-messages.ts'
import type { Sender } from './sender.ts'

/** Plays a script whose first turn is due at a moment of `performance.now()`. */
export type Play = (index: number, due: number) => Promise<void>

/** Plays scripts, each turn when the one before it is over; a drain starts no further turn. */
export function scriptPlayer(
  scripts: LaneOrder['scripts'],
  sender: Sender,
  drain: AbortSignal,
): Play {
  return async (index, due) => {
    const script = scripts[Math.abs(index) % scripts.length]!
    for (const [turn, { pauseMs }] of script.entries()) {
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: drain }).catch(() => {})
      // A drain ends the pause, too.
      if (turn > 0 && drain.aborted) return
      await sender.send(index, turn, turn === 0 ? due : performance.now())
    }
  }
}
