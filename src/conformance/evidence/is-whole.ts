import type { Piece } from '../../protocol/index.ts'
import type { Evidence } from './evidence.ts'

/** Whether a turn got a reply that ended as it should, with something in it. */
export function isWhole(evidence: Evidence): boolean {
  const { wasAccepted, exchange, excess, reading, spoken, calls } = evidence
  return (
    wasAccepted &&
    excess === undefined &&
    (exchange?.end.how === 'complete' || exchange?.end.how === 'held-open') &&
    !reading.pieces.some(breaksReply) &&
    reading.choices.some(({ finishReason }) => finishReason !== undefined) &&
    (spoken.length > 0 || calls.length > 0)
  )
}

/** What comes with the rest of a reply need not end it. */
function breaksReply(piece: Piece): boolean {
  return piece.kind === 'error'
    ? piece.isAlone
    : piece.kind === 'unreadable' && piece.why === 'not-json'
}
