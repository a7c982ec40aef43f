/** Bounds of a JSON text. */
export interface JsonBounds {
  /** Levels of arrays and objects. */
  readonly depth: number
  /** Values and keys. */
  readonly members: number
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPENING_BRACKET = 0x5b
const OPENING_BRACE = 0x7b
const CLOSING_BRACKET = 0x5d
const CLOSING_BRACE = 0x7d

/** Tells which bound a JSON text exceeds, before anything is made of it. */
export function jsonExcess(text: string, most: JsonBounds): keyof JsonBounds | undefined {
  // Blanks may follow by the megabyte.
  const end = text.trimEnd().length
  let level = 0
  let members = 1
  for (let i = 0; i < end; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i)
        break
      case COMMA:
      case COLON:
        members++
        break
      case OPENING_BRACKET:
      case OPENING_BRACE:
        members++
        if (++level > most.depth) return 'depth'
        break
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        level--
    }
    if (members > most.members) return 'members'
  }
  return undefined
}

/** Where there are no escapes, which is most often, the end is found at once. */
function endOfString(text: string, start: number): number {
  const end = text.indexOf('"', start + 1)
  if (end < 0) return text.length
  if (text.charCodeAt(end - 1) !== BACKSLASH) return end
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at
  }
  return text.length
}
