import { endsSentence } from './abbreviations.ts'
import { countCharacters, LONGEST_CHARACTER } from './count-characters.ts'
import type { SpeechRule } from './speech-rules.ts'

const CLOSERS = String.raw`\p{Pe}\p{Pf}"'*_`
/** A mark or a line break, and what is neither a mark nor closes after one. */
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
/** What no abbreviation contains. */
const NO_WORD = /[^\p{L}\p{N}.]/u
/** Longer than any abbreviation, or the number of any list. */
export const LONGEST_WORD = 40

function ends(marks: string) {
  return {
    first: new RegExp(`(?<mark>[${marks}])|\\n\\s*`, 'gu'),
    other: new RegExp(`[^${marks}${CLOSERS}]`, 'gu'),
  }
}

type EndRule = Exclude<SpeechRule, { unit: 'characters' }>

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
export function findBoundary(text: string, rule: EndRule, search: Search): Boundary {
  const { first, other } = ENDS[rule.unit]
  const plenty = rule.minCharacters * LONGEST_CHARACTER
  let isLongEnough = search.isLongEnough || rule.minCharacters <= 1
  const goOnFrom = (from: number): Boundary => ({
    found: false,
    from,
    isLongEnough: isLongEnough || text.length >= plenty,
  })
  first.lastIndex = search.from
  for (let match = first.exec(text); match; match = first.exec(text)) {
    const { index } = match
    // Not by one pattern, whose stack a million marks would overflow.
    const end =
      match.groups?.['mark'] === undefined ? index : endOfRun(text, first.lastIndex, other)
    const mark = text.slice(index, end)
    const after = text.charAt(end)
    // Marks and closers may go on.
    if (after === '') return goOnFrom(index)
    if (mark !== '') first.lastIndex = end + 1
    if (!/\s/.test(after) && !WIDE.test(mark)) continue
    if (WIDE_IN_NUMBER.test(mark) && DIGIT.test(text.charAt(index - 1)) && DIGIT.test(after)) {
      continue
    }
    isLongEnough ||=
      end >= plenty || countCharacters(text.slice(0, end).trimEnd()) >= rule.minCharacters
    if (!isLongEnough) continue
    if (end <= LONGEST_WORD && LIST_NUMBER.test(text.slice(0, end))) continue
    const next = text.slice(end).trimStart().charAt(0)
    if (next === '' && rule.confirmedBy === 'next-word') return goOnFrom(index)
    if (mark === '.') {
      const word = text
        .slice(Math.max(0, end - LONGEST_WORD), end)
        .split(NO_WORD)
        .at(-1)!
      const isEnd = endsSentence(word, next)
      if (isEnd === undefined) return goOnFrom(index)
      if (!isEnd) continue
    }
    return { found: true, end }
  }
  return goOnFrom(text.length)
}

function endOfRun(text: string, from: number, other: RegExp): number {
  other.lastIndex = from
  return other.exec(text)?.index ?? text.length
}

/**
 * Shortens what a search that has begun waits with: marks, then white space. Of many, it matters
 * that they are many, whether one is wide, how many full stops a word follows, and whether the line
 * breaks.
 */
export function shortenWaiting(text: string): string {
  const marks = text.trimEnd()
  return `${shortenMarks(marks)}${shortenSpace(text.slice(marks.length))}`
}

function shortenMarks(marks: string): string {
  if (marks.length <= LONGEST_WORD) return marks
  const first = String.fromCodePoint(marks.codePointAt(0)!)
  const fullStops = /\.*$/.exec(marks.slice(-LONGEST_WORD))![0]
  return `${first}${WIDE.exec(marks)?.[0] ?? ''}"${fullStops}`
}

function shortenSpace(space: string): string {
  return space.length <= 2 ? space : `${space[0]}${space.includes('\n', 1) ? '\n' : ' '}`
}
