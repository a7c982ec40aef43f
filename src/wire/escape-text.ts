import { UNSAFE_IN_LOGS } from './unsafe-in-logs.ts'
import { visibleEscape } from './visible-escape.ts'

/**
 * Makes hostile text harmless in a terminal and in the log of a CI: whatever is unsafe there becomes
 * a visible escape.
 */
export function escapeText(text: string): string {
  return text.replaceAll(UNSAFE_IN_LOGS, visibleEscape)
}
