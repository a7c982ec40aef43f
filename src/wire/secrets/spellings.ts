import { decodeEscapes } from './decode-escapes.ts'
import { textOf, unitsOf } from './units.ts'

/** A way to write a secret. */
export interface Spelling {
  readonly text: string
  /** So many characters of it in a row may tell what the others are. */
  readonly least: number
}

/**
 * Eight characters are enough to find the owner of a key, and may be most of a short one. The usual
 * masks leave fewer in a row: `sk-ab***wxyz`.
 */
export const LEAST = 8
/** In hexadecimal, two digits are a character, and numbers are everywhere. */
const LEAST_HEX = 2 * LEAST
/** In base32, eight digits are five characters. */
const LEAST_BASE32 = Math.ceil((LEAST * 8) / 5)

/**
 * How a secret may be written: with the escapes it was given with, and without them; in base64, also
 * as a part of what was encoded; in base32; in hexadecimal; in UTF-16; and as a list of bytes.
 */
export function spellingsOf(secret: string): Spelling[] {
  const plain = [...new Set(undone(secret).flatMap((text) => [text, toBytes(text)]))]
  const encoded = [...new Set(plain.map(toBytes))].flatMap((bytes) => [
    ...inBase64(bytes).map((text) => ({ text, least: Math.min(LEAST, text.length) })),
    ...inBase64(bytes)
      .flatMap(inBase64)
      .map((text) => ({ text, least: LEAST_HEX })),
    ...inBase32(bytes).map((text) => ({ text, least: LEAST_BASE32 })),
    ...inHex(bytes).map((text) => ({ text, least: LEAST_HEX })),
    ...inLists(bytes).map((text) => ({ text, least: LEAST_HEX })),
  ])
  return [
    ...[...plain, ...joinedOtherwise(secret)].map((text) => ({
      text,
      least: Math.min(LEAST, text.length),
    })),
    ...encoded,
  ]
}

/** What may stand for the spaces of a phrase: where lines are wrapped, in encoded words, in names. */
const JOINTS = ['\n', '\r\n', '_', '-', '']

function joinedOtherwise(secret: string): string[] {
  return secret.includes(' ') ? JOINTS.map((joint) => secret.replaceAll(' ', joint)) : []
}

function undone(secret: string): string[] {
  const decoded = decodeEscapes(unitsOf(secret))
  return decoded ? [secret, ...undone(textOf(decoded.units))] : [secret]
}

/** Whole, where it is short; else what does not depend on what stands before and after it. */
function inBase64(bytes: string): string[] {
  const inner = [0, 1, 2].map((before) => {
    const text = btoa('\0'.repeat(before) + bytes)
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const whole = btoa(bytes).replace(/=+$/, '')
  const texts = [...(whole.length < LEAST ? [whole] : []), ...inner.filter(isLong)]
  return [...new Set(texts.flatMap((text) => [text, toUrlAlphabet(text)]))]
}

function inHex(bytes: string): string[] {
  const text = Array.from(bytes, (byte) => toHex(byte.charCodeAt(0))).join('')
  return text.length < LEAST_HEX ? [] : [text]
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Like base64; five bytes are eight digits of RFC 4648, whose case does not matter. */
function inBase32(bytes: string): string[] {
  const bits = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(2).padStart(8, '0')).join('')
  const texts = [0, 1, 2, 3, 4].map((before) =>
    Array.from(bits.slice((5 - ((before * 8) % 5)) % 5).matchAll(/.{5}/g), ([digit]) =>
      BASE32.charAt(Number.parseInt(digit, 2)),
    ).join(''),
  )
  return texts.filter(({ length }) => length >= LEAST_BASE32)
}

/** How bytes are listed: of UTF-16, with zeros between; of a `Buffer` in JSON, in decimals. */
const LISTS: readonly (readonly [spell: (byte: number) => string, joint: string])[] = [
  [(byte) => String.fromCharCode(byte), '\0'],
  [(byte) => String(byte), ','],
  [(byte) => String(byte), ', '],
  [toHex, ':'],
  [toHex, ' '],
  [toHex, '-'],
  [(byte) => `0x${toHex(byte)}`, ','],
  [(byte) => `0x${toHex(byte)}`, ', '],
]

function inLists(bytes: string): string[] {
  if (bytes.length < LEAST) return []
  return LISTS.map(([spell, joint]) =>
    Array.from(bytes, (byte) => spell(byte.charCodeAt(0))).join(joint),
  ).filter(({ length }) => length >= LEAST_HEX)
}

function toHex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function isLong({ length }: string): boolean {
  return length >= LEAST
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_')
}

/** The bytes of a text in UTF-8, a character each. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}
