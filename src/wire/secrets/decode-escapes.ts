import { decoder, type Escape } from './decoder.ts'
import type { Units } from './units.ts'

const PERCENT = 0x25
const AMPERSAND = 0x26
const BACKSLASH = 0x5c
const NUMBER_SIGN = 0x23
const SEMICOLON = 0x3b
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const LETTER_X = 0x78

/** Undoes one level of escapes, those of URLs, JSON, programming languages and HTML alike. */
export const decodeEscapes = decoder(nextMark, escapeAt)

function nextMark(text: Units, from: number): number {
  let at = from
  while (at < text.length && !isMark(text[at]!)) at++
  return at
}

function isMark(unit: number): boolean {
  return unit === BACKSLASH || unit === PERCENT || unit === AMPERSAND
}

/** `n`, `r` and `t` are controls; of all others, the letter stands for itself. */
const CONTROLS: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09 }

function escapeAt(text: Units, at: number): Escape | undefined {
  if (text[at] === PERCENT) {
    return inHex(text, at, 1, 2) ?? (text[at + 1] === 0x75 ? inHex(text, at, 2, 4) : undefined)
  }
  if (text[at] === AMPERSAND) return entityAt(text, at)
  const letter = text[at + 1]
  if (letter === undefined) return undefined
  const escape =
    letter === 0x75 || letter === 0x55
      ? ((letter === 0x55 ? inHex(text, at, 2, 8) : undefined) ??
        inHex(text, at, 2, 4) ??
        inBraces(text, at))
      : letter === LETTER_X
        ? (inHex(text, at, 2, 2) ?? inBraces(text, at))
        : undefined
  return escape ?? { unit: CONTROLS[letter] ?? letter, length: 2 }
}

/** So many hexadecimal digits, after a prefix. */
export function inHex(
  text: Units,
  at: number,
  prefix: number,
  digits: number,
): { readonly unit: number; readonly length: number } | undefined {
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
  if (text[at + 2] !== OPEN_BRACE) return undefined
  const number = numberAt(text, at + 3, 16)
  if (!number || text[at + 3 + number.length] !== CLOSE_BRACE) return undefined
  return { unit: number.unit, length: number.length + 4 }
}

const MAX_DIGITS = 8

function numberAt(text: Units, at: number, radix: 10 | 16): Escape | undefined {
  let unit = 0
  let length = 0
  for (; length < MAX_DIGITS; length++) {
    const digit = digitOf(text[at + length] ?? 0)
    if (digit < 0 || digit >= radix) break
    unit = unit * radix + digit
  }
  return length > 0 ? { unit, length } : undefined
}

function entityAt(text: Units, at: number): Escape | undefined {
  const found = text[at + 1] === NUMBER_SIGN ? numericAt(text, at) : namedAt(text, at)
  if (!found) return undefined
  const { unit, length } = found
  return { unit, length: text[at + length] === SEMICOLON ? length + 1 : length }
}

function numericAt(text: Units, at: number): Escape | undefined {
  const isHex = ((text[at + 2] ?? 0) | 0x20) === LETTER_X
  const prefix = isHex ? 3 : 2
  const number = numberAt(text, at + prefix, isHex ? 16 : 10)
  return number && { unit: number.unit, length: prefix + number.length }
}

const MAX_NAME = 8

function namedAt(text: Units, at: number): Escape | undefined {
  let name = ''
  while (name.length < MAX_NAME) {
    const letter = (text[at + 1 + name.length] ?? 0) | 0x20
    if (letter < 0x61 || letter > 0x7a) break
    name += String.fromCharCode(letter)
  }
  const unit = name.length > 1 ? ENTITIES.get(name)?.charCodeAt(0) : undefined
  return unit === undefined ? undefined : { unit, length: 1 + name.length }
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
