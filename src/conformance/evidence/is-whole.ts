import type { Evidence } from './evidence.ts'

/** Whether a turn got a reply that ended as it should, with something in it. */
export function isWhole({ wasAccepted, exchange, reply, data, spoken, calls }: Evidence): boolean {
  return (
    wasAccepted &&
    (exchange?.end.how === 'complete' || exchange?.end.how === 'held-open') &&
    data.every(({ payload }) => payload.kind !== 'error' && payload.kind !== 'not-json') &&
    reply.choices.some(({ finishReason }) => finishReason !== undefined) &&
    (spoken.length > 0 || calls.length > 0)
  )
}
