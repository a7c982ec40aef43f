import type { Span } from '../sse.ts'
import { isOrdinary } from './is-ordinary.ts'
import { LEAST } from './spellings.ts'

/** Keys of one kind begin alike, with two words of a few letters: `sk-proj-`. */
const MAX_PREFIX = 2
const MAX_SHORT_WORD = 5
/** So much of a word is not enough to know it by. */
const MAX_ALIKE = 3
/** Words that are less of a secret than this may be there by chance. */
const MOST = 0.75
const MIN_MOST = 13
const LETTER = /[a-z]/i
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/**
 * Whether a part of a secret tells it, given the characters around it where it was found: words may
 * stand there without it.
 */
export function tells(secret: string, [start, end]: Span, before: string, after: string): boolean {
  const length = end - start
  // What is so short is a part of other words.
  if (secret.length < LEAST) return !LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after)
  if (length === secret.length || !isOrdinary(secret.slice(start, end))) return true
  if (length >= MIN_MOST && length >= MOST * secret.length) return true

  const words = wordsOf(secret).filter(([from, to]) => from < end && to > start)
  const cut = words.filter(([from, to]) => from < start || to > end)
  // Other words may begin or end like one of the secret.
  const others = cut.filter(([from, to]) => {
    const goesOn = LETTER.test(from < start ? before : after)
    const shown = Math.min(to, end) - Math.max(from, start)
    return goesOn && (words.length === 1 || shown <= MAX_ALIKE)
  })
  const left = others.reduce(
    (sum, [from, to]) => sum - Math.min(to, end) + Math.max(from, start),
    length,
  )
  if (left < LEAST) return false
  // One word that is whole may as well be itself; several are no accident, nor is one that was cut.
  const isLong = words.some(([from, to]) => to - from > MAX_SHORT_WORD)
  const most = start === 0 && !isLong ? MAX_PREFIX : 1
  return cut.length > others.length || words.length - others.length > most
}

function wordsOf(secret: string): Span[] {
  return Array.from(secret.matchAll(/[a-z]+/gi), ({ 0: word, index }): Span => [
    index,
    index + word.length,
  ])
}
