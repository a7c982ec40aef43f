import type { TerminalStyle } from '../report/index.ts'

const WIDTH_OF_A_PIPE = 100
const MAX_WIDTH = 120

/** How to write to standard output: colours for a terminal only, and no wider than it is. */
export function terminalStyle(): TerminalStyle {
  const { stdout } = process
  return {
    width: Math.min(stdout.isTTY ? stdout.columns : WIDTH_OF_A_PIPE, MAX_WIDTH),
    color: stdout.isTTY && stdout.hasColors(),
  }
}
