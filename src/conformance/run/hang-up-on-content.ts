import type { Arrival } from '../../wire/index.ts'

const CONTENT = /"content" ?: ?"[^"]|"tool_calls" ?: ?\[ ?\{/

/** Aborts as soon as the body of an answer says something, as a caller does who interrupts. */
export function hangUpOnContent(): {
  readonly signal: AbortSignal
  readonly onArrival: (arrival: Arrival) => void
} {
  const controller = new AbortController()
  let text = ''
  return {
    signal: controller.signal,
    onArrival({ bytes }) {
      text += Buffer.from(bytes).toString('latin1')
      if (CONTENT.test(text)) controller.abort()
    },
  }
}
