import { rankOf } from './rank-of.ts'
import type { Units } from './units.ts'

/** A text without its escapes. */
export interface Decoded {
  readonly units: Units
  /** Where a character, or the end, stood in the text that was decoded. */
  readonly sourceOf: (at: number) => number
}

const PERCENT = 0x25
const AMPERSAND = 0x26
const BACKSLASH = 0x5c

/**
 * Undoes one level of escapes, those of URLs, JSON, programming languages and HTML alike;
 * `undefined` when there are none.
 */
export function decodeEscapes(text: Units): Decoded | undefined {
  let mark = nextMark(text, 0)
  if (mark === text.length) return undefined
  const units = new Uint16Array(text.length)
  // What follows the escapes: where in the decoded text, and where in the other.
  const ats = [0]
  const sources = [0]
  let length = 0
  let done = 0
  while (mark < text.length) {
    const escape = escapeAt(text, mark)
    if (!escape) {
      mark = nextMark(text, mark + 1)
      continue
    }
    if (mark > done) units.set(text.subarray(done, mark), length)
    length += mark - done
    units[length++] = escape.unit
    done = mark + escape.length
    ats.push(length)
    sources.push(done)
    mark = nextMark(text, done)
  }
  if (done === 0) return undefined
  units.set(text.subarray(done), length)
  return {
    units: units.subarray(0, length + text.length - done),
    sourceOf(at) {
      const rank = rankOf(ats, at)
      return sources[rank]! + at - ats[rank]!
    },
  }
}

function nextMark(text: Units, from: number): number {
  let at = from
  while (at < text.length && !isMark(text[at]!)) at++
  return at
}

function isMark(unit: number): boolean {
  return unit === BACKSLASH || unit === PERCENT || unit === AMPERSAND
}

/** A character, and how many it is spelled with. */
interface Escape {
  readonly unit: number
  readonly length: number
}

const MAX_LENGTH = 12
const ENTITY = /^&(?:#x([0-9a-f]{1,8})|#([0-9]{1,8})|([a-z]{2,8}));?/i
/** `n`, `r` and `t` are controls; of all others, the letter stands for itself. */
const CONTROLS: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09 }

function escapeAt(text: Units, at: number): Escape | undefined {
  if (text[at] === PERCENT) return inHex(text, at, 1, 2)
  if (text[at] === AMPERSAND) return entityAt(text, at)
  const letter = text[at + 1]
  if (letter === undefined) return undefined
  const escape =
    letter === 0x75 || letter === 0x55
      ? (inHex(text, at, 2, 4) ?? inBraces(text, at))
      : letter === 0x78
        ? inHex(text, at, 2, 2)
        : undefined
  return escape ?? { unit: CONTROLS[letter] ?? letter, length: 2 }
}

/** So many hexadecimal digits, after a prefix. */
function inHex(text: Units, at: number, prefix: number, digits: number): Escape | undefined {
  let unit = 0
  for (let i = at + prefix; i < at + prefix + digits; i++) {
    const digit = digitOf(text[i] ?? 0)
    if (digit < 0) return undefined
    unit = unit * 16 + digit
  }
  return { unit, length: prefix + digits }
}

/** The value of a hexadecimal digit, or -1. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const letter = unit | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function inBraces(text: Units, at: number): Escape | undefined {
  const [spelled, digits] = /^\\u\{([0-9a-f]{1,8})\}/i.exec(textAt(text, at)) ?? []
  if (spelled === undefined || digits === undefined) return undefined
  return { unit: parseInt(digits, 16), length: spelled.length }
}

function entityAt(text: Units, at: number): Escape | undefined {
  const [spelled, hex, decimal, name] = ENTITY.exec(textAt(text, at)) ?? []
  if (spelled === undefined) return undefined
  const unit =
    name === undefined
      ? parseInt(hex ?? decimal!, hex === undefined ? 10 : 16)
      : ENTITIES.get(name.toLowerCase())?.charCodeAt(0)
  return unit === undefined ? undefined : { unit, length: spelled.length }
}

function textAt(text: Units, at: number): string {
  return String.fromCharCode(...text.subarray(at, at + MAX_LENGTH))
}

/** What HTML has names for, and keys may be made of. */
const ENTITIES = new Map(
  Object.entries({
    amp: '&',
    apos: "'",
    ast: '*',
    bsol: '\\',
    colon: ':',
    comma: ',',
    commat: '@',
    dash: '-',
    dollar: '$',
    equals: '=',
    excl: '!',
    grave: '`',
    gt: '>',
    hat: '^',
    hyphen: '-',
    lbrace: '{',
    lbrack: '[',
    lcub: '{',
    lowbar: '_',
    lpar: '(',
    lsqb: '[',
    lt: '<',
    num: '#',
    percnt: '%',
    period: '.',
    plus: '+',
    quest: '?',
    quot: '"',
    rbrace: '}',
    rbrack: ']',
    rcub: '}',
    rpar: ')',
    rsqb: ']',
    semi: ';',
    sol: '/',
    verbar: '|',
    vert: '|',
  }),
)
