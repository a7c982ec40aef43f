const [ODD, SMALL, CAPITAL, DIGIT, SIGN, MARK] = [0, 1, 2, 3, 4, 5]
/** Latin letters end here; other scripts are looked at with care. */
const KINDS = new Uint8Array(0x180)
for (let code = 0; code < KINDS.length; code++) KINDS[code] = kindOf(String.fromCharCode(code))

function kindOf(character: string): number {
  // Glyphs of tokenizers, and letters that are bytes of UTF-8 in Windows-1252.
  if (/[ĠĊĢŁªµºŒœŠšŸŽž]/.test(character)) return ODD
  if (/\p{L}/u.test(character)) return character === character.toLowerCase() ? SMALL : CAPITAL
  if (/\d/.test(character)) return DIGIT
  if (/[.!?]/.test(character)) return MARK
  return /[ ,;:'"-]/.test(character) ? SIGN : ODD
}

/** Words of Windows-1252 have these, and so has text that was decoded twice, after one of its letters. */
const TYPOGRAPHIC = new Set(Array.from('’“”–—', (sign) => sign.charCodeAt(0)))
const [FIRST_OF_TWO, LAST_OF_TWO] = [0xc0, 0xff]
const LONGEST_WORD = 30
const FULL_STOP = 0x2e

/** Of software, and of models that think aloud; and the start of addresses, and of bytes in Python. */
const ODD_WORD =
  /error|exception|traceback|unavailable|gateway|too many|agent stopped|object|\b(?:undefined|null|nan|none)|the (?:user|caller)|analysis|assistant|\bwww\b|\bb'/i

/**
 * Whether a text has nothing but words and numbers of one digit in sentences: no sign of markup, no line
 * break, no mark or capital within a word, no endless word, and none of software.
 */
export function isPlainText(text: string): boolean {
  let before = 0
  let last = ODD
  let letters = 0
  let hasWord = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isTypographic = code >= KINDS.length && TYPOGRAPHIC.has(code)
    const kind = isTypographic ? SIGN : (KINDS[code] ?? ODD)
    if (kind === ODD) return false
    if (kind <= CAPITAL) {
      if (last === MARK || (kind === CAPITAL && last === SMALL)) return false
      if (++letters > LONGEST_WORD) return false
      hasWord = true
    } else {
      if (kind === DIGIT && last === DIGIT) return false
      if (code === FULL_STOP && last === MARK) return false
      if (isTypographic && before >= FIRST_OF_TWO && before <= LAST_OF_TWO) return false
      letters = 0
    }
    last = kind
    before = code
  }
  return hasWord && !ODD_WORD.test(text)
}
