import type { Evidence } from './evidence.ts'

/** Every check of a feature asks, and a long answer is not read again for each. */
const known = new WeakMap<Evidence, boolean>()

/** Whether a request was refused, be it with status 200: with an error or a broken connection in place of a reply. */
export function wasTurnedDown(evidence: Evidence): boolean {
  let isTurnedDown = known.get(evidence)
  if (isTurnedDown === undefined) known.set(evidence, (isTurnedDown = readsAsRefused(evidence)))
  return isTurnedDown
}

function readsAsRefused(evidence: Evidence): boolean {
  const { exchange, wasAccepted, wasRefused, errorText, reading, spoken, calls } = evidence
  if (!wasAccepted) return wasRefused
  if (spoken.length > 0 || calls.length > 0) return false
  const broke = exchange?.end.how === 'failed'
  const failed = reading.pieces.some((piece) => piece.kind === 'error' && piece.isAlone)
  return broke || errorText !== undefined || failed
}
