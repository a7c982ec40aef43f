import { decodeEscapes } from './decode-escapes.ts'
import { GRAM, traceFinder } from './trace-finder.ts'
import { textOf, unitsOf } from './units.ts'

/** Keys have fewer; an answer that is made to have more would take long. */
const MAX_PIECES = 256
/** What is longer tells by itself. */
const MAX_PIECE = 256
/** What is so short is a part of many words; it is known where it is quoted. */
const QUOTED = new RegExp(`(?<=")[^"\\\\]{1,${GRAM - 1}}(?=\\\\?")`, 'g')

/**
 * Makes a function that puts asterisks in the place of what a mask hid in a body: where an answer tells
 * a secret in pieces, texts that quote them do.
 */
export function pieceMask(body: Uint8Array, masked: Uint8Array): (text: string) => string {
  const pieces = hiddenPieces(body, masked)
  if (pieces.size === 0) return (text) => text
  const long = [...pieces].filter(({ length }) => length >= GRAM)
  const find = long.length > 0 && traceFinder(long.map((text) => ({ text, least: text.length })))
  return (text) => {
    const units = text.split('')
    if (find) for (const span of find(unitsOf(text))) units.fill('*', ...span)
    return units
      .join('')
      .replaceAll(QUOTED, (quoted) => (pieces.has(quoted) ? '*'.repeat(quoted.length) : quoted))
  }
}

/** The texts that were hidden, as they stood there, and without their escapes. */
function hiddenPieces(body: Uint8Array, masked: Uint8Array): Set<string> {
  const pieces = new Set<string>()
  if (body === masked) return pieces
  for (let at = 0; at < body.length && pieces.size < MAX_PIECES; at++) {
    const from = at
    while (at < body.length && body[at] !== masked[at]) at++
    if (at === from || at - from > MAX_PIECE) continue
    const piece = new TextDecoder().decode(body.subarray(from, at))
    const decoded = decodeEscapes(unitsOf(piece))
    pieces.add(piece)
    if (decoded) pieces.add(textOf(decoded.units))
  }
  return pieces
}
