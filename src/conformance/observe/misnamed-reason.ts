import type { ChoicePiece } from '../../protocol/index.ts'

/** As other APIs, and serializers with a naming policy of their own, call it. */
const OTHER_NAMES = ['finishReason', 'stop_reason', 'stopReason', 'done_reason']

/** Finds a finish_reason under another name, or inside of a delta. */
export function misnamedReason(pieces: readonly ChoicePiece[]) {
  for (const piece of pieces) {
    const name = OTHER_NAMES.find((each) => isTold(piece.json[each]))
    if (name) return { piece, as: `a ${name}` }
    if (isTold(piece.delta?.['finish_reason'])) return { piece, as: 'its delta has one' }
  }
  return undefined
}

function isTold(reason: unknown): boolean {
  return typeof reason === 'string' && reason !== ''
}
