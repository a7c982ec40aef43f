import type { Arrival } from '../../wire/index.ts'

const CONTENT = /"content" ?: ?"[^"]|"tool_calls" ?: ?\[ ?\{/

/** More than what it looks for can have in a piece that came before. */
const TAIL_LENGTH = 64

/** Aborts as soon as the body of an answer says something, as a caller does who interrupts. */
export function hangUpOnContent(): {
  readonly signal: AbortSignal
  readonly onArrival: (arrival: Arrival) => void
} {
  const controller = new AbortController()
  let tail = ''
  return {
    signal: controller.signal,
    onArrival({ bytes }) {
      const text = tail + Buffer.from(bytes).toString('latin1')
      if (CONTENT.test(text)) controller.abort()
      tail = text.slice(-TAIL_LENGTH)
    },
  }
}
