import { lineEndFinder } from './line-end-finder.ts'
import type { Span } from './sse.ts'

/** A block of nothing but one line of data and the blank line that closes it. */
export interface PlainBlock {
  /** To the end of the blank line. */
  readonly span: Span
  readonly data: Span
}

const FIELD = 'data: '

/**
 * Makes a reader of plain blocks: of the one that begins at an offset, if one does. Nearly all blocks are
 * plain, and no parser reads them in another way.
 */
export function plainBlockReader(text: string): (from: number) => PlainBlock | undefined {
  const endOf = lineEndFinder(text)
  const closing = text.includes('\r') ? '\r\n\r\n' : '\n\n'
  return (from) => {
    if (!text.startsWith(FIELD, from)) return undefined
    const start = from + FIELD.length
    const end = endOf(start)
    if (end === start || !text.startsWith(closing, end)) return undefined
    return { span: [from, end + closing.length], data: [start, end] }
  }
}
