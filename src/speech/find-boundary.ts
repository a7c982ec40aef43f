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

function boundary(marks: string): RegExp {
  return new RegExp(
    `(?<end>[${marks}]+[${CLOSERS}]*)(?<after>[^${marks}${CLOSERS}])|(?<end>)(?<after>\\n)`,
    'gu',
  )
}

/**
 * Finds the end of the first unit in a text that is still growing: an offset, or `undefined` while
 * nothing proves one. What is found stays true however the text goes on.
 */
export function findBoundary(text: string, rule: SpeechRule): number | undefined {
  if (rule.unit === 'characters') {
    return text.length >= rule.count && countCharacters(text) >= rule.count
      ? text.length
      : undefined
  }
  for (const { index, groups } of text.matchAll(BOUNDARIES[rule.unit])) {
    const { end: mark = '', after = '' } = groups ?? {}
    if (!/\s/.test(after) && !WIDE.test(mark)) continue
    const end = index + mark.length
    const unit = text.slice(0, end)
    if (countCharacters(unit.trim()) < rule.minCharacters || LIST_NUMBER.test(unit)) continue
    const next = text.slice(end).trimStart().slice(0, 1)
    if (next === '' && rule.confirmedBy === 'next-word') return undefined
    if (mark === '.') {
      const ends = endsSentence(/[\p{L}\p{N}.]*$/u.exec(unit)![0], next)
      if (ends === undefined) return undefined
      if (!ends) continue
    }
    return end
  }
  return undefined
}
