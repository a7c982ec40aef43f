/** More than any terminator that arrives in two pieces can have in the first. */
const TAIL_LENGTH = 64

/** Tells whether a terminator has been seen by now, however the bytes are split. */
export function terminatorWatch(terminator: RegExp): (bytes: Uint8Array) => boolean {
  let tail = '\n'
  return (bytes) => {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const seen = tail + piece
    tail = seen.slice(-TAIL_LENGTH)
    return terminator.test(seen)
  }
}
