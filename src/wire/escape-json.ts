import { UNSAFE_IN_LOGS } from './unsafe-in-logs.ts'

/** JSON that is read as the same value, of which only white space may be unsafe in a terminal or a log. */
export function escapeJson(json: string): string {
  return json.replaceAll(UNSAFE_IN_LOGS, escapeUnits)
}

/** White space stands between values, where there are no escapes. */
function escapeUnits(char: string): string {
  if (char === '\n' || char === '\r' || char === '\t') return char
  const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
