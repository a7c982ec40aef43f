import { Agenda } from './agenda.ts'
import type { Clock } from './clock.ts'
import { later } from './later.ts'

/** Timers that wait longer fire at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const LONGEST_WAIT_MS = 2 ** 31 - 1
/** How long work may go on before what has come in meanwhile is read, and what was written leaves. */
const SLICE_MS = 2

const urgent = new Agenda()
const others = new Agenda()
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
  at(moment, run, priority) {
    const callOff = (priority === 'high' ? urgent : others).add(moment, run)
    if (moment < wakesAt) setTimer()
    return () => {
      callOff()
      if (next() === Infinity) setTimer()
    }
  },
}

function next(): number {
  return Math.min(urgent.next ?? Infinity, others.next ?? Infinity)
}

function setTimer(): void {
  clearTimeout(timer)
  wakesAt = next()
  const waitMs = wakesAt - performance.now()
  if (wakesAt < Infinity) timer = setTimeout(wake, Math.min(Math.max(0, waitMs), LONGEST_WAIT_MS))
}

function wake(): void {
  // What is added meanwhile sets no timer of its own.
  wakesAt = -Infinity
  const end = performance.now() + SLICE_MS
  let now
  try {
    do now = performance.now()
    while (now < end && (urgent.runNext(now) || others.runNext(now)))
  } finally {
    // A timer would wait for a millisecond.
    if (next() <= performance.now()) later(wake)
    else setTimer()
  }
}
