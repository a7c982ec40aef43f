import { createColors } from 'picocolors'
import wrapAnsi from 'wrap-ansi'

/** How to write to a terminal. */
export interface TerminalStyle {
  /** In columns. */
  readonly width: number
  readonly color: boolean
}

export type Colors = ReturnType<typeof createColors>

export function colorsOf({ color }: TerminalStyle): Colors {
  return createColors(color)
}

const LABEL_WIDTH = 10
const MIN_WIDTH = 20

/** Wraps a paragraph behind a label; the lines after the first stand below its start. */
export function labelled(
  label: string,
  text: string,
  indent: number,
  style: TerminalStyle,
): string {
  const column = indent + Math.max(label.length + 1, LABEL_WIDTH)
  const body = wrapAnsi(text, Math.max(MIN_WIDTH, style.width - column), { hard: true })
  const head =
    ' '.repeat(indent) + colorsOf(style).dim(label) + ' '.repeat(column - indent - label.length)
  return head + body.replaceAll('\n', `\n${' '.repeat(column)}`)
}
