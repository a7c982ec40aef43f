import { decodeEscapes } from './decode-escapes.ts'
import { textOf, unitsOf } from './units.ts'

/** A text without the escapes of URLs, JSON and HTML, however deep. */
export function undoEscapes(text: string): string {
  const decoded = decodeEscapes(unitsOf(text))
  return decoded ? undoEscapes(textOf(decoded.units)) : text
}
