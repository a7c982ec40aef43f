import { decoder } from './decoder.ts'
import { inHex } from './decode-escapes.ts'
import type { Units } from './units.ts'

const EQUALS = 0x3d
/** How a line that goes on ends; within JSON, escapes stand for its end. */
const SOFT_BREAKS = ['\r\n', '\n', '\\r\\n', '\\n'].map((text) =>
  Array.from(text, (each) => each.charCodeAt(0)),
)

/** Undoes quoted-printable, of RFC 2045 and of the encoded words of RFC 2047. */
export const decodeQuotedPrintable = decoder(nextEquals, (text, at) => {
  const end = SOFT_BREAKS.find((units) => units.every((unit, i) => text[at + 1 + i] === unit))
  return end ? { unit: undefined, length: 1 + end.length } : inHex(text, at, 1, 2)
})

function nextEquals(text: Units, from: number): number {
  const at = text.indexOf(EQUALS, from)
  return at < 0 ? text.length : at
}
