import { characterCounter } from './count-characters.ts'
import { findBoundary, LONGEST_WORD, NOT_BEGUN, shortenWaiting } from './find-boundary.ts'
import type { SpeechRule } from './speech-rules.ts'

/**
 * Reads the next piece of a text; says how much of what was read comes after the end of the first
 * unit, give or take white space, or `undefined` while nothing proves an end.
 */
export type UnitSearch = (piece: string) => number | undefined

/** Looks for the end of one unit in a text that comes in pieces, and begins with no white space. */
export function unitSearch(rule: SpeechRule): UnitSearch {
  if (rule.unit === 'characters') {
    const count = characterCounter()
    return (piece) => (count(piece) >= rule.count ? 0 : undefined)
  }
  // Only what can still matter is kept: whatever was read again would be read for each piece.
  let text = ''
  let search = NOT_BEGUN
  return (piece) => {
    text += piece
    const boundary = findBoundary(text, rule, search)
    if (boundary.found) return text.length - boundary.end
    search = boundary
    if (!search.isLongEnough) return undefined
    const { from } = search
    const before = text.slice(Math.max(0, from - LONGEST_WORD), from)
    text = before + shortenWaiting(text.slice(from))
    search = { ...search, from: before.length }
  }
}
