/**
 * How much of an answer its caller heard, by what the history says of it.
 *
 * - `other`: other words stand in its place: a fallback, or another model, has spoken.
 */
export type HowSpoken = 'whole' | 'part' | 'other'

/** What platforms put where a voice was cut off. */
const CUT_MARKS = /(?:\s*(?:\.{3,}|…|—|--|\[interrupted\]))+\s*$/iu
/** As many of its words must be there: platforms leave out marks, and write out what is not spoken. */
const ENOUGH_WORDS = 0.5

/** Reads from a history how an answer was spoken. */
export function howSpoken(answered: string, inHistory: string): HowSpoken {
  const [whole, part] = [answered, inHistory.replace(CUT_MARKS, '')].map(lettersOf)
  if (part!.length < whole!.length && whole!.startsWith(part!)) return 'part'
  if (part!.includes(whole!)) return 'whole'
  const [said, heard] = [answered, inHistory].map(wordsOf)
  const known = new Set(heard)
  return said!.filter((word) => known.has(word)).length < ENOUGH_WORDS * said!.length
    ? 'other'
    : 'whole'
}

/** Platforms put spaces and marks anew. */
export function lettersOf(text: string): string {
  return wordsOf(text).join('')
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
