import { endsSentence } from './abbreviations.ts'
import { countCharacters } from './count-characters.ts'
import type { SpeechRule } from './speech-rules.ts'

const CLOSERS = String.raw`\p{Pe}\p{Pf}"'*_`
/** A mark, whatever closes after it, and the character that shows that neither goes on. */
const BOUNDARIES = {
  sentence: boundary(String.raw`\p{Sentence_Terminal}…`),
  clause: boundary(String.raw`\p{Terminal_Punctuation}…)`),
}
/** Marks of scripts that put no space between sentences. */
const WIDE = /[\u3000-\u303f\uff00-\uffef]/
const LIST_NUMBER = /^\s*\(?\d+[.)]$/
/** Longer than any abbreviation. */
const LONGEST_WORD = 40

function boundary(marks: string): RegExp {
  return new RegExp(
    `(?<end>[${marks}]+[${CLOSERS}]*)(?<after>[^${marks}${CLOSERS}]|$)|(?<end>)(?<after>\\n)`,
    'gu',
  )
}

/** Where the first unit ends; or, while nothing proves an end, where to go on looking for one. */
export type Boundary =
  | { readonly found: true; readonly end: number }
  | { readonly found: false; readonly from: number }

/**
 * Looks for the end of the first unit in a text that is still growing. What is found stays true
 * however the text goes on, and what was looked through before `from` need not be looked at again.
 */
export function findBoundary(text: string, rule: SpeechRule, from = 0): Boundary {
  if (rule.unit === 'characters') {
    return text.length >= rule.count && countCharacters(text) >= rule.count
      ? { found: true, end: text.length }
      : { found: false, from: 0 }
  }
  const pattern = BOUNDARIES[rule.unit]
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index, groups } = match
    const { end: mark = '', after = '' } = groups ?? {}
    // Marks and closers may go on.
    if (after === '') return { found: false, from: index }
    if (!/\s/.test(after) && !WIDE.test(mark)) continue
    const end = index + mark.length
    const unit = text.slice(0, end)
    if (countCharacters(unit.trim()) < rule.minCharacters || LIST_NUMBER.test(unit)) continue
    const next = text.slice(end).trimStart().slice(0, 1)
    if (next === '' && rule.confirmedBy === 'next-word') return { found: false, from: index }
    if (mark === '.') {
      const word = /[\p{L}\p{N}.]*$/u.exec(unit.slice(-LONGEST_WORD))![0]
      const ends = endsSentence(word, next)
      if (ends === undefined) return { found: false, from: index }
      if (!ends) continue
    }
    return { found: true, end }
  }
  return { found: false, from: text.length }
}
