import type { Evidence } from './evidence.ts'

/** Whether a request was accepted, and got a reply that is empty, or that a token limit has cut. */
export function isCutShort({ wasAccepted, reading, spoken, calls }: Evidence): boolean {
  const isEmpty = spoken.length === 0 && calls.length === 0
  const hitLimit = reading.choices.some(({ finishReason }) => finishReason === 'length')
  return wasAccepted && reading.choices.length > 0 && (isEmpty || hitLimit)
}
