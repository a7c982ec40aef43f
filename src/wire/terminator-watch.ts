/** More than any terminator that arrives in two pieces can have in the first. */
const TAIL_LENGTH = 64
const LF = 0x0a

/**
 * Tells whether the event that ends a stream has been seen by now, however the bytes are split.
 * `terminator` is the data of that event, such as `[DONE]`.
 */
export function terminatorWatch(terminator: string): (bytes: Buffer) => boolean {
  // Within a chunk, a line break would be escaped: this can only be an event.
  const line = new RegExp(`[\\r\\n]data: ?${terminator.replaceAll(/\W/g, '\\$&')}`)
  let tail = '\n'
  return (bytes) => {
    // Nearly every piece is whole lines: it follows the end of a line, and ends with one. Such a piece
    // has the terminator within itself or not at all, and nothing of it can be the beginning of one, so
    // that the bytes alone can say no. To make text of every piece would cost the most of all.
    if (tail === '\n' && bytes.at(-1) === LF && !bytes.includes(terminator)) return false
    const seen = tail + bytes.toString('latin1')
    tail = seen.endsWith('\n') ? '\n' : seen.slice(-TAIL_LENGTH)
    return line.test(seen)
  }
}
