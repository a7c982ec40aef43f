import type { TerminalStyle } from '../../report/index.ts'

/** How to write to a file or a pipe. */
export const FILE_STYLE: TerminalStyle = { width: 100, color: false }

const MAX_WIDTH = 120

/** How to write to standard output: colours for a terminal only, and no wider than it is. */
export function terminalStyle(): TerminalStyle {
  const { stdout } = process
  return {
    width: Math.min(stdout.isTTY ? stdout.columns : FILE_STYLE.width, MAX_WIDTH),
    color: stdout.isTTY && stdout.hasColors(),
  }
}
