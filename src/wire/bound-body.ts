import { BOUNDS } from './bounds.ts'
import { type Arrival, sizeOf } from './exchange.ts'

/** What there is too much of. */
export type Excess = 'bytes' | 'lines' | 'values'

/** A body as far as it is read. */
export interface BoundedBody {
  readonly arrivals: readonly Arrival[]
  /** The bound at which it was cut; `undefined` for a whole one. */
  readonly excess: Excess | undefined
}

/** How much is in a body to be read. */
export interface Marks {
  readonly lines: number
  readonly values: number
}

interface Scan extends BoundedBody, Marks {}

const LINE = 1
const VALUE = 2
const QUOTE = 3
const ESCAPE = 4
const KINDS = new Uint8Array(256)
for (const mark of '\n\r') KINDS[mark.charCodeAt(0)] = LINE
for (const mark of ',[{') KINDS[mark.charCodeAt(0)] = VALUE
KINDS['"'.charCodeAt(0)] = QUOTE
KINDS['\\'.charCodeAt(0)] = ESCAPE

/** A body of fewer bytes exceeds no bound, since each mark is a byte. */
const NEVER_TOO_MUCH = Math.min(BOUNDS.answer.lines, BOUNDS.answer.values)

/**
 * Cuts a body where it exceeds a bound. What is read of it costs memory by its lines and values far
 * more than by its bytes: a megabyte of `data:{}` would take a hundred.
 */
export function boundBody(arrivals: readonly Arrival[]): BoundedBody {
  if (sizeOf(arrivals) <= NEVER_TOO_MUCH) return { arrivals, excess: undefined }
  const { arrivals: kept, excess } = scan(arrivals)
  return { arrivals: kept, excess }
}

/** Counts what is in a body, as far as it is read. */
export function marksIn(arrivals: readonly Arrival[]): Marks {
  const { lines, values } = scan(arrivals)
  return { lines, values }
}

function scan(arrivals: readonly Arrival[]): Scan {
  const bounds = BOUNDS.answer
  let left: number = bounds.bytes
  let lines = 0
  let values = 0
  // No string of JSON goes on in another line.
  let isInString = false
  let isEscaped = false
  for (const [i, { atMs, bytes }] of arrivals.entries()) {
    const end = Math.min(bytes.length, left)
    let excess: Excess | undefined
    let at = isEscaped ? 1 : 0
    isEscaped = false
    for (; at < end; at++) {
      const kind = KINDS[bytes[at]!]!
      // Nearly all of them; the order of these questions decides what this costs.
      if (kind === 0) continue
      if (kind === QUOTE) isInString = !isInString
      else if (kind === VALUE) {
        if (!isInString && ++values > bounds.values) excess = 'values'
      } else if (kind === LINE) {
        isInString = false
        if (++lines > bounds.lines) excess = 'lines'
      } else if (isInString && ++at === end) isEscaped = true
      if (excess) break
    }
    if (!excess && end < bytes.length) excess = 'bytes'
    if (excess) {
      const kept = [...arrivals.slice(0, i), { atMs, bytes: bytes.subarray(0, at) }]
      return { arrivals: kept, excess, lines, values }
    }
    left -= bytes.length
  }
  return { arrivals, excess: undefined, lines, values }
}
