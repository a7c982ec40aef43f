import type { Evidence } from './evidence.ts'

/** Whether a request was accepted, and got a reply that is empty, or that a token limit has cut. */
export function isCutShort({ wasAccepted, reply, spoken, calls }: Evidence): boolean {
  const isEmpty = spoken.length === 0 && calls.length === 0
  const hitLimit = reply.choices.some(({ finishReason }) => finishReason === 'length')
  return wasAccepted && reply.choices.length > 0 && (isEmpty || hitLimit)
}
