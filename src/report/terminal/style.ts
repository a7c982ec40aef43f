import { createColors } from 'picocolors'
import { wrapped } from './wrapped.ts'

/** How to write to a terminal. */
export interface TerminalStyle {
  /** In columns. */
  readonly width: number
  readonly color: boolean
}

/** How to write a report of `bench` to it. */
export interface BenchStyle extends TerminalStyle {
  /** All there is, not only what fits a screen of 80 columns and 24 lines. */
  readonly isWhole?: boolean
}

export type Colors = ReturnType<typeof createColors>

export function colorsOf({ color }: TerminalStyle): Colors {
  return createColors(color)
}

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
