import { escapeRegex } from '../escape-regex.ts'

/** What of a string is looked for: most differ early, and expressions are to stay small. */
const BEGINNING = 40

/** Tells whether a text may contain one of some strings, in one pass, however many they are. */
export function anyContained(strings: readonly string[]): (text: string) => boolean {
  const any = new RegExp(strings.map((each) => escapeRegex(each.slice(0, BEGINNING))).join('|'))
  return (text) => any.test(text)
}
