import { UNSAFE_IN_LOGS } from './unsafe-in-logs.ts'

/** A value as JSON, which holds nothing unsafe in a terminal or a log, and is read as the same value. */
export function jsonText(value: unknown, indent = 0): string {
  return `${JSON.stringify(value, null, indent).replaceAll(UNSAFE_IN_LOGS, escapeUnits)}\n`
}

/** Only the indentation brings line breaks. */
function escapeUnits(char: string): string {
  if (char === '\n') return char
  const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
