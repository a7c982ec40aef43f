/** First and last code point. */
type CodeRange = readonly [first: number, last: number]

/** A pattern that a generator which knows neither `u` nor more than ASCII can draw from. */
export interface Drawable {
  readonly source: string
  /** What its classes are about beyond the ASCII that is printed. */
  readonly ranges: readonly CodeRange[]
}

const CODE = String.raw`\\u\{([\da-f]+)\}|\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\[ux]([\da-f]{4}|(?<=x)[\da-f]{2})`
const PROPERTY = String.raw`\\([pP])\{([^}]*)\}`
const TOKEN = new RegExp(
  String.raw`\[(\^?)((?:\\[^]|[^\]\\])*)\]|${CODE}|${PROPERTY}|\\[^]|[\u{a1}-\u{10ffff}]`,
  'giu',
)
const ITEM = new RegExp(String.raw`${CODE}|${PROPERTY}|\\[^]|[^]`, 'giu')

/**
 * Writes a pattern without what `u` adds to expressions: characters beyond U+FFFF as groups of two
 * units, and some of those that have a property in the place of `\p{...}`.
 */
export function drawable(pattern: string): Drawable {
  const ranges: CodeRange[] = []
  const note = ([first, last]: CodeRange) => {
    if (last < FIRST_ASCII) ranges.push([first, last])
    else if (last >= LATIN_1 && last <= 0xffff) ranges.push([Math.max(first, LATIN_1), last])
  }
  const source = pattern.replaceAll(TOKEN, (whole, caret?: string, body?: string, ...rest) => {
    if (body !== undefined) return classOf(body, caret === '^', note)
    const [braced, high, low, hex, kind, property] = rest as (string | undefined)[]
    if (property !== undefined) return classOf(`\\${kind}{${property}}`, false, note)
    const code =
      codeOf([braced, high, low, hex]) ?? (whole > '\u00a0' ? whole.codePointAt(0) : undefined)
    if (code === undefined || whole.startsWith('\\\\')) return whole
    return code > 0xffff ? `(?:${written(code)})` : written(code)
  })
  return { source, ranges }
}

const FIRST_ASCII = 0x20
const LAST_ASCII = 0x7e
const LATIN_1 = 0xa1
/** What is drawn from where a class rules all of ASCII out. */
const LETTERS: CodeRange = [0xc0, 0xff]
/** Of a range beyond U+FFFF. */
const MAX_OF_RANGE = 16

function classOf(body: string, isNegated: boolean, note: (range: CodeRange) => void): string {
  const items = [...body.matchAll(ITEM)].map(itemOf)
  // Where there is a choice, nobody means to have them.
  const areControls = items.every(
    ({ whole, code = FIRST_ASCII }) => whole === '-' || code < FIRST_ASCII,
  )
  let plain = ''
  const astral: string[] = []
  const add = (first: number, last = first) => {
    if (last > 0xffff) {
      for (let code = first; code <= Math.min(last, first + MAX_OF_RANGE); code++) {
        astral.push(written(code))
      }
      return
    }
    plain += first === last ? written(first) : `${written(first)}-${written(last)}`
    if (!isNegated && (last >= FIRST_ASCII || areControls)) note([first, last])
    if (isNegated && first <= FIRST_ASCII && last >= LAST_ASCII) note(LETTERS)
  }
  for (let i = 0; i < items.length; i++) {
    const { whole, code, codes } = items[i]!
    const last = items[i + 1]?.whole === '-' ? items[i + 2]?.code : undefined
    if (codes) for (const each of codes) add(each)
    else if (code === undefined) plain += whole
    else if (last === undefined) add(code)
    else {
      add(code, last)
      i += 2
    }
  }
  if (isNegated) return `[^${plain}]`
  if (astral.length === 0) return `[${plain}]`
  return `(?:${[...(plain === '' ? [] : [`[${plain}]`]), ...astral].join('|')})`
}

interface Item {
  readonly whole: string
  /** The one that it stands for. */
  readonly code?: number | undefined
  /** Those that have the property. */
  readonly codes?: readonly number[]
}

const CONTROLS: Readonly<Record<string, number>> = { 0: 0, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }

function itemOf([whole, braced, high, low, hex, kind, property]: RegExpExecArray): Item {
  if (property !== undefined) return { whole, codes: membersOf(kind === 'P', property) }
  const code = codeOf([braced, high, low, hex])
  if (code !== undefined) return { whole, code }
  if (!whole.startsWith('\\')) return { whole, code: whole.codePointAt(0) }
  const escaped = whole.charAt(1)
  return { whole, code: /\w/.test(escaped) ? CONTROLS[escaped] : escaped.charCodeAt(0) }
}

function codeOf([braced, high, low, hex]: readonly (string | undefined)[]): number | undefined {
  if (high !== undefined && low !== undefined) {
    const units = [high, low].map((unit) => Number.parseInt(unit, 16))
    return String.fromCharCode(...units).codePointAt(0)
  }
  const digits = braced ?? hex
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

function written(code: number): string {
  const character = String.fromCodePoint(code)
  if (/\w/.test(character)) return character
  return code > FIRST_ASCII && code <= LAST_ASCII
    ? `\\${character}`
    : character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
        .join('')
}

/** Where to look for what has a property: what is read most comes first. */
const LOOKED_THROUGH: readonly CodeRange[] = [
  [FIRST_ASCII, LAST_ASCII],
  [0xc0, 0x52f],
  [0x4e00, 0x4eff],
  [LATIN_1, 0xd7ff],
  [0xe000, 0xffff],
  [0x1_f300, 0x1_faff],
  [0x1_0000, 0x1_f2ff],
]
const MAX_MEMBERS = 80
const MAX_KNOWN = 256
const known = new Map<string, readonly number[]>()

/** Some of those that have a property, or do not; each range is looked through if none is found before. */
function membersOf(isNegated: boolean, property: string): readonly number[] {
  const key = `\\${isNegated ? 'P' : 'p'}{${property}}`
  let members = known.get(key)
  if (!members) {
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, (members = [...found(new RegExp(key, 'u'))]))
  }
  return members
}

function found(regex: RegExp): Set<number> {
  const codes = new Set<number>()
  for (const [first, last] of LOOKED_THROUGH) {
    for (let code = first; code <= last && codes.size < MAX_MEMBERS; code++) {
      if (regex.test(String.fromCodePoint(code))) codes.add(code)
    }
    if (codes.size >= MAX_MEMBERS / 4) break
  }
  return codes
}
