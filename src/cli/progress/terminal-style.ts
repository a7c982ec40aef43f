import { isatty } from 'node:tty'
import type { TerminalStyle } from '../../report/index.ts'

/** How to write to a file or a pipe. */
export const FILE_STYLE: TerminalStyle = { width: 100, color: false }

type Standard = typeof process.stdout | typeof process.stderr

const MAX_WIDTH = 120

/** How to write to standard output, or to another stream of the process: colours for a terminal only, and no wider than it is. */
export function terminalStyle(stream: Standard = process.stdout): TerminalStyle {
  // `isTTY` is `undefined` for a pipe, which would leave it to the environment.
  const isTerminal = isatty(stream.fd)
  return {
    width: Math.min(isTerminal ? stream.columns : FILE_STYLE.width, MAX_WIDTH),
    color: isTerminal && stream.hasColors(),
  }
}
