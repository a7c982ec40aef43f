import { isatty } from 'node:tty'
import type { TerminalStyle } from '../../report/index.ts'

/** How to write to a file or a pipe. */
export const FILE_STYLE: TerminalStyle = { width: 100, color: false }

const MAX_WIDTH = 120

/** How to write to standard output: colours for a terminal only, and no wider than it is. */
export function terminalStyle(): TerminalStyle {
  const { stdout } = process
  // `isTTY` is `undefined` for a pipe, which would leave it to the environment.
  const isTerminal = isatty(stdout.fd)
  return {
    width: Math.min(isTerminal ? stdout.columns : FILE_STYLE.width, MAX_WIDTH),
    color: isTerminal && stdout.hasColors(),
  }
}
