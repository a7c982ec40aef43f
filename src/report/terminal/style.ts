import { createColors } from 'picocolors'

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
