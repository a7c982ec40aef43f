/** Writes a character that must not be shown as an escape that can be. */
export function visibleEscape(char: string): string {
  return SHORT[char] ?? `\\u{${char.codePointAt(0)!.toString(16)}}`
}

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
