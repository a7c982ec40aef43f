import { lineEndFinder } from './line-end-finder.ts'
import type { Span } from './sse.ts'

/** A run of lines: what becomes an event when it holds data and a blank line closes it. */
export interface SseBlock {
  /** From the first line to the end of the blank line, or of the body. */
  readonly span: Span
  /** Without their line endings. */
  readonly lines: readonly Span[]
  readonly closed: boolean
}

const LF = 10
const CR = 13

/** Makes a reader of blocks: of the first one that begins at an offset or after it. Lines end with LF, CR or CRLF. */
export function blockReader(text: string): (from: number) => SseBlock | undefined {
  const endOf = lineEndFinder(text)
  return (from) => {
    const lines: Span[] = []
    let cursor = from
    while (cursor < text.length) {
      const start = cursor
      const end = endOf(start)
      cursor = text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1
      if (start < end) lines.push([start, end])
      else if (lines.length > 0) return { span: [lines[0]![0], cursor], lines, closed: true }
    }
    if (lines.length === 0) return undefined
    return { span: [lines[0]![0], text.length], lines, closed: false }
  }
}
