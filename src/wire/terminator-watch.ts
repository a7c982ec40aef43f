import { type Terminator, typePattern } from './terminator.ts'

/** More than any terminator that arrives in two pieces can have in the first. */
const TAIL_LENGTH = 64
const LF = 0x0a

/**
 * Tells whether the event that ends a stream has been seen by now, however the bytes are split.
 */
export function terminatorWatch(terminator: Terminator): (bytes: Buffer) => boolean {
  const { values, line } = signOf(terminator)
  let tail = '\n'
  return (bytes) => {
    // Nearly every piece is whole lines: it follows the end of a line, and ends with one. Such a piece
    // has the terminator within itself or not at all, and nothing of it can be the beginning of one, so
    // that the bytes alone can say no. To make text of every piece would cost the most of all.
    if (tail === '\n' && bytes.at(-1) === LF && !values.some((value) => bytes.includes(value)))
      return false
    const seen = tail + bytes.toString('latin1')
    tail = seen.endsWith('\n') ? '\n' : seen.slice(-TAIL_LENGTH)
    return line.test(seen)
  }
}

/** What to look for, and what there is nowhere else. */
function signOf(terminator: Terminator): {
  readonly values: readonly string[]
  readonly line: RegExp
} {
  if ('types' in terminator) {
    return { values: terminator.types, line: typePattern(terminator.types) }
  }
  // Within a chunk, a line break would be escaped: this can only be an event.
  const [field, value] = Object.entries(terminator)[0]!
  const line = new RegExp(`[\\r\\n]${field}: ?${value.replaceAll(/\W/g, '\\$&')}`)
  return { values: [value], line }
}
