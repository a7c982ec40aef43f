import { endsSentence } from './abbreviations.ts'
import { countCharacters } from './count-characters.ts'
import type { SpeechRule } from './speech-rules.ts'

const CLOSERS = String.raw`\p{Pe}\p{Pf}"'*_`
/** Marks with whatever closes after them, or a line break. */
const ENDS = {
  sentence: ends(String.raw`\p{Sentence_Terminal}…`),
  clause: ends(String.raw`\p{Terminal_Punctuation}…)`),
}
/** Marks of scripts that put no space between sentences. */
const WIDE = /[\u3000-\u303f\uff00-\uffef]/
/** Those of them that also stand within a number or a time. */
const WIDE_IN_NUMBER = /^[．，：]$/
const DIGIT = /\p{Nd}/u
const LIST_NUMBER = /^\(?\d+[.)]$/
/** Longer than any abbreviation, or the number of any list. */
const LONGEST_WORD = 40

function ends(marks: string): RegExp {
  return new RegExp(`(?<mark>[${marks}][${marks}${CLOSERS}]*)|\\n\\s*`, 'gu')
}

/** Where the first unit ends; or, while nothing proves an end, where to go on looking for one. */
export type Boundary =
  | { readonly found: true; readonly end: number }
  | { readonly found: false; readonly from: number }

/**
 * Looks for the end of the first unit in a text that is still growing, and begins with no white
 * space. What is found stays true however the text goes on, and what was looked through before
 * `from` need not be looked at again. Time is linear in the length of the text, whatever it says.
 */
export function findBoundary(text: string, rule: SpeechRule, from = 0): Boundary {
  if (rule.unit === 'characters') {
    return text.length >= rule.count && countCharacters(text) >= rule.count
      ? { found: true, end: text.length }
      : { found: false, from: 0 }
  }
  const pattern = ENDS[rule.unit]
  let isLongEnough = rule.minCharacters <= 1
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index } = match
    const mark = match.groups?.['mark'] ?? ''
    const end = index + mark.length
    const after = text.charAt(end)
    // Marks and closers may go on.
    if (after === '') return { found: false, from: index }
    if (mark !== '') pattern.lastIndex = end + 1
    if (!/\s/.test(after) && !WIDE.test(mark)) continue
    if (WIDE_IN_NUMBER.test(mark) && DIGIT.test(text.charAt(index - 1)) && DIGIT.test(after)) {
      continue
    }
    isLongEnough ||= countCharacters(text.slice(0, end).trimEnd()) >= rule.minCharacters
    if (!isLongEnough) continue
    if (end <= LONGEST_WORD && LIST_NUMBER.test(text.slice(0, end))) continue
    const next = text.slice(end).trimStart().charAt(0)
    if (next === '' && rule.confirmedBy === 'next-word') return { found: false, from: index }
    if (mark === '.') {
      const word = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(0, end - LONGEST_WORD), end))![0]
      const isEnd = endsSentence(word, next)
      if (isEnd === undefined) return { found: false, from: index }
      if (!isEnd) continue
    }
    return { found: true, end }
  }
  return { found: false, from: text.length }
}
