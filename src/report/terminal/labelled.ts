import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

const LABEL_WIDTH = 10

/** Wraps a paragraph behind a label; the lines after the first stand below its start. */
export function labelled(
  label: string,
  text: string,
  indent: number,
  style: TerminalStyle,
): string {
  const column = indent + Math.max(label.length + 1, LABEL_WIDTH)
  const head =
    ' '.repeat(indent) + colorsOf(style).dim(label) + ' '.repeat(column - indent - label.length)
  return head + wrapped(text, column, style).join('\n').slice(column)
}
