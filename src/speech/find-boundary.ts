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

/** How far a text was looked through for the end of its first unit. */
export interface Search {
  readonly from: number
  /** Whether a unit that ends from here on has the characters it needs. */
  readonly isLongEnough: boolean
}

export const NOT_BEGUN: Search = { from: 0, isLongEnough: false }

/** Where the first unit ends; or, while nothing proves an end, how to go on looking for one. */
export type Boundary =
  | { readonly found: true; readonly end: number }
  | ({ readonly found: false } & Search)

/**
 * Looks for the end of the first unit in a text that is still growing, and begins with no white
 * space. What is found stays true however the text goes on, and what was looked through need not be
 * looked at again. A call takes time linear in the length of the text, whatever it says.
 */
export function findBoundary(text: string, rule: SpeechRule, search: Search): Boundary {
  if (rule.unit === 'characters') {
    return text.length >= rule.count && countCharacters(text) >= rule.count
      ? { found: true, end: text.length }
      : { found: false, ...search }
  }
  const pattern = ENDS[rule.unit]
  let isLongEnough = search.isLongEnough || rule.minCharacters <= 1
  const goOnFrom = (from: number) => ({ found: false, from, isLongEnough }) as const
  pattern.lastIndex = search.from
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index } = match
    const mark = match.groups?.['mark'] ?? ''
    const end = index + mark.length
    const after = text.charAt(end)
    // Marks and closers may go on.
    if (after === '') return goOnFrom(index)
    if (mark !== '') pattern.lastIndex = end + 1
    if (!/\s/.test(after) && !WIDE.test(mark)) continue
    if (WIDE_IN_NUMBER.test(mark) && DIGIT.test(text.charAt(index - 1)) && DIGIT.test(after)) {
      continue
    }
    isLongEnough ||= countCharacters(text.slice(0, end).trimEnd()) >= rule.minCharacters
    if (!isLongEnough) continue
    if (end <= LONGEST_WORD && LIST_NUMBER.test(text.slice(0, end))) continue
    const next = text.slice(end).trimStart().charAt(0)
    if (next === '' && rule.confirmedBy === 'next-word') return goOnFrom(index)
    if (mark === '.') {
      const word = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(0, end - LONGEST_WORD), end))![0]
      const isEnd = endsSentence(word, next)
      if (isEnd === undefined) return goOnFrom(index)
      if (!isEnd) continue
    }
    return { found: true, end }
  }
  return goOnFrom(text.length)
}
