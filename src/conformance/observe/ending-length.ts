import { sizeOf } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** What to do where Content-Length is wrong. */
export const FIX_LENGTH =
  'Leave Content-Length out of a stream: clients read no further. If you know it, count bytes, not characters.'

/** The Content-Length that ended a body, in bytes; `undefined` where it is not known that one did. */
export function endingLength(evidence: Evidence): number | undefined {
  const { exchange } = evidence
  const length = Number(evidence.header('content-length') ?? Number.NaN)
  return exchange?.end.how === 'complete' && length === sizeOf(exchange.arrivals)
    ? length
    : undefined
}
