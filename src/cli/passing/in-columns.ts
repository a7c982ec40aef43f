import stringWidth from 'string-width'
import { escapeText } from '../../wire/index.ts'

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter()

/** A text in one line that is no wider than so many columns, and harmless to a terminal. */
export function inColumns(text: string, width: number): string {
  const line = escapeText(text)
  if (stringWidth(line) <= width) return line
  let cut = ''
  for (const { segment } of graphemes.segment(line)) {
    if (stringWidth(cut + segment) >= width) break
    cut += segment
  }
  return cut + ELLIPSIS
}
