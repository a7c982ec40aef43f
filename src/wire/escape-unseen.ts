import { UNSAFE_IN_TERMINALS } from './unsafe-in-logs.ts'
import { visibleEscape } from './visible-escape.ts'

/** Makes hostile text harmless in a terminal; where commands cannot begin, in a log, too. */
export function escapeUnseen(text: string): string {
  return text.replaceAll(UNSAFE_IN_TERMINALS, visibleEscape)
}
