import { Agenda } from './agenda.ts'
import type { Clock } from './clock.ts'

/** Timers that wait longer fire at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const LONGEST_WAIT_MS = 2 ** 31 - 1

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
  const waitMs = Math.max(0, wakesAt - performance.now())
  if (wakesAt < Infinity) timer = setTimeout(wake, Math.min(waitMs, LONGEST_WAIT_MS))
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
