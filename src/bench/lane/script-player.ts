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
    const isGoneOnFrom = new Set(script.map(({ goesOn }) => goesOn?.from))
    const ids: (string | undefined)[] = []
    for (const [turn, step] of script.entries()) {
      const { pauseMs, goesOn } = step
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: drain }).catch(() => {})
      // A drain ends the pause, too.
      if (turn > 0 && drain.aborted) return
      const previousId = goesOn && ids[goesOn.from]
      const id = await sender.send({
        index,
        turn,
        body: goesOn && previousId !== undefined ? goesOn.body : step.body,
        previousId,
        cancelAfterMs: step.cancelAfterMs,
        due: turn === 0 ? due : performance.now(),
        isGoneOnFrom: isGoneOnFrom.has(turn),
      })
      ids.push(id)
    }
  }
}
