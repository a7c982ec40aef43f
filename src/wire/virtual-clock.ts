import { Agenda } from './agenda.ts'
import type { Clock } from './clock.ts'
import { later } from './later.ts'

/**
 * Makes a clock that stands at 0 and jumps from one moment to the next as soon as nothing else is to
 * be done: an answer of 20 s is over in milliseconds, and its times are those that were planned.
 */
export function virtualClock(): Clock {
  const agenda = new Agenda()
  let now = 0
  let ticking = false
  const tick = () => {
    const { next } = agenda
    ticking = next !== undefined
    if (next === undefined) return
    now = Math.max(now, next)
    agenda.runUntil(now)
    later(tick)
  }
  return {
    now: () => now,
    at(moment, run) {
      if (!ticking) later(tick)
      ticking = true
      return agenda.add(moment, run)
    },
  }
}
