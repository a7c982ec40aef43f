/** White space and line ends of JavaScript, of which RE2 knows ASCII only. */
// The last member is a class, so that a hyphen behind it begins no range.
const SPACES = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\s`
const NO_SPACES = String.raw`\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}\d`
const NO_LINE_END = String.raw`[^\n\r\x{2028}\x{2029}]`

/** Long names of general categories; RE2 knows the short ones. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Letter: 'L',
  Lowercase_Letter: 'Ll',
  Uppercase_Letter: 'Lu',
  Mark: 'M',
  Number: 'N',
  Decimal_Number: 'Nd',
  Punctuation: 'P',
  Symbol: 'S',
  Separator: 'Z',
}

const TOKEN =
  /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\[pP]\{(?:\w+=)?(\w+)\}|\[\\s\\S\]|\\[^]|\[\^?\]?|[\].]/gi
/** Escapes that mean the same to both, or that `RE2JS.translateRegExp` knows. */
const SHARED = /[\dbBcdDfnrtuvwWx]/

/**
 * Writes an expression of JavaScript so that RE2 means the same by it. What RE2 lacks is left as it
 * is, for RE2 to refuse.
 */
export function toRe2(source: string, flags: string): string {
  const unicode = /[uv]/.test(flags)
  // Where `s` is set for a part alone, RE2 does as well without our help.
  const dotAll = flags.includes('s') || /\(\?[a-z-]*s/.test(source)
  const hasNames = /\(\?<[^=!]/.test(source)
  let inClass = false
  const token = (whole: string, high?: string, low?: string, property?: string): string => {
    if (high !== undefined && low !== undefined) return escapePair(high, low)
    if (property !== undefined && unicode) {
      return `${whole.slice(0, 2)}{${CATEGORIES[property] ?? property}}`
    }
    if (whole.startsWith('[\\')) return '[^]'
    if (whole.startsWith('\\')) return escape(whole, inClass, hasNames)
    if (whole === '.') return inClass || dotAll ? whole : NO_LINE_END
    const wasInClass = inClass
    inClass = !whole.endsWith(']')
    return wasInClass && whole.startsWith('[') ? `\\${whole}` : whole
  }
  return source.replaceAll(TOKEN, token)
}

function escapePair(high: string, low: string): string {
  const character = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16))
  return `\\x{${character.codePointAt(0)!.toString(16)}}`
}

function escape(whole: string, inClass: boolean, hasNames: boolean): string {
  const character = whole.charAt(1)
  if (character === 's') return inClass ? SPACES : `[${SPACES}]`
  if (character === 'S') return inClass ? NO_SPACES : `[^${SPACES}]`
  if (character === 'b' && inClass) return String.raw`\x08`
  // With named groups, it refers back to one of them: RE2 refuses that by number.
  if (character === 'k' && hasNames) return String.raw`\1`
  if (/[a-z]/i.test(character) && !SHARED.test(character)) return character + whole.slice(2)
  return character > '\u007f' ? character : whole
}
