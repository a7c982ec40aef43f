import { Agenda } from './agenda.ts'
import type { Clock } from './clock.ts'

const agenda = new Agenda()
let timer: ReturnType<typeof setTimeout> | undefined
let wakesAt = Infinity

/**
 * The time of `performance.now()`.
 *
 * One timer serves all that waits: thousands of answers cost one wake-up a millisecond, and a late
 * one delays nothing after it.
 */
export const realClock: Clock = {
  now: () => performance.now(),
  at(moment, run) {
    const callOff = agenda.add(moment, run)
    if (moment < wakesAt) setTimer()
    return () => {
      callOff()
      if (agenda.next === undefined) setTimer()
    }
  },
}

function setTimer(): void {
  clearTimeout(timer)
  wakesAt = agenda.next ?? Infinity
  if (wakesAt < Infinity) timer = setTimeout(wake, Math.max(0, wakesAt - performance.now()))
}

function wake(): void {
  // What is added meanwhile sets no timer of its own.
  wakesAt = -Infinity
  try {
    agenda.runUntil(performance.now())
  } finally {
    setTimer()
  }
}
