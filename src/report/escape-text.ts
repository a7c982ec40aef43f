/**
 * Makes hostile text harmless in a terminal: control characters, bidirectional overrides and
 * invisible characters become visible escapes. The joiner that emoji are made with may stay.
 */
export function escapeText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) =>
    char === '\u200D' ? char : (SHORT[char] ?? `\\u{${char.codePointAt(0)!.toString(16)}}`),
  )
}

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
