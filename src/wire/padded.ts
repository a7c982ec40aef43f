import { Readable } from 'node:stream'

const PIECE = 256 * 1024

/** A body that is made as it is sent: nobody needs all of it at once. */
interface Padded {
  readonly length: number
  readonly body: Readable
}

/** A text in UTF-8, and blanks after it, up to so many bytes. */
export function padded(text: string, bytes: number): Padded {
  const start = Buffer.from(text)
  const length = Math.max(bytes, start.length)
  return { length, body: Readable.from(pieces(start, length - start.length)) }
}

function* pieces(start: Buffer, blanks: number): Generator<Buffer> {
  yield start
  const piece = Buffer.alloc(PIECE, ' ')
  for (let left = blanks; left > 0; left -= PIECE) yield piece.subarray(0, left)
}
