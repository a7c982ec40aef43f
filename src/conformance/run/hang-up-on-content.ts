import type { Arrival } from '../../wire/index.ts'

/** More than what shows that something is said can have in a piece that came before. */
const TAIL_LENGTH = 64

/**
 * Aborts as soon as the body of an answer says something, as a caller does who interrupts.
 *
 * It looks at bytes, as they come: an event that is cut in two says it with its first half, and to
 * decode while the clock runs would delay the stamps. What shows it is for the dialect to say.
 */
export function hangUpOnContent(saysSomething: (part: string) => boolean): {
  readonly signal: AbortSignal
  readonly onArrival: (arrival: Arrival) => void
} {
  const controller = new AbortController()
  let tail = ''
  return {
    signal: controller.signal,
    onArrival({ bytes }) {
      const text = tail + Buffer.from(bytes).toString('latin1')
      if (saysSomething(text)) controller.abort()
      tail = text.slice(-TAIL_LENGTH)
    },
  }
}
