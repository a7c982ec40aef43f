import type { Units } from './units.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LF = 0x0a
const CR = 0x0d

/** Which characters of a text stand within strings of JSON, that is, of a value on one line. */
export function withinStrings(text: Units): Uint8Array {
  const within = new Uint8Array(text.length)
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]
    if (unit === LF || unit === CR) isInString = false
    else if (unit === QUOTE) isInString = !isInString
    else if (isInString) {
      within[at] = 1
      if (unit === BACKSLASH && ++at < text.length) within[at] = 1
    }
  }
  return within
}
