import { Recent } from '../../wire/index.ts'

/** Tools are described in the same words, request after request. */
const known = new Recent<string, string>(4_096)
const MAX_KNOWN = 24

/** What is left of a word without its ending: reminder, remind; multiplied, multiply. */
export function stemOf(word: string): string {
  if (word.length > MAX_KNOWN) return word
  const before = known.get(word)
  if (before !== undefined) return before
  const stem = word
    .replace(/(?<![su]|new)s$/, '')
    .replace(/(?:ied?|y)$/, 'i')
    .replace(/(?<=\w{5})(?:ation|ion|er|or)$|(?<=\w{4})(?:ing|ed|e)$/, '')
    .replace(/(?<=\w{3})([b-z])\1$/, '$1')
  known.set(word, stem)
  return stem
}
