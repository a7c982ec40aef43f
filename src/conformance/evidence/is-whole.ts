import type { Evidence } from './evidence.ts'

/** Whether a turn got a reply that ended as it should, with something in it. */
export function isWhole(evidence: Evidence): boolean {
  const { wasAccepted, exchange, excess, reply, data, spoken, calls } = evidence
  return (
    wasAccepted &&
    excess === undefined &&
    (exchange?.end.how === 'complete' || exchange?.end.how === 'held-open') &&
    data.every(({ payload }) => payload.kind !== 'error' && payload.kind !== 'not-json') &&
    reply.choices.some(({ finishReason }) => finishReason !== undefined) &&
    (spoken.length > 0 || calls.length > 0)
  )
}
