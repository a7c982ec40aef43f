const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** Without the carriage return, which is one character with a line feed. */
const ASCII = /^[\0-\f\x0e-\x7f]*$/
/** In code units. Longer ones exist, but no language writes them. */
export const LONGEST_CHARACTER = 64

/** Counts what a reader would call characters. */
export function countCharacters(text: string): number {
  if (ASCII.test(text)) return text.length
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

/** Counts the characters of a text that is still growing: of all pieces so far, each read once. */
export function characterCounter(): (piece: string) => number {
  let count = 0
  let end = ''
  return (piece) => {
    const text = end + piece
    count += countCharacters(text) - countCharacters(end)
    end = endOf(text)
    return count
  }
}

/** What may still change: the last character, and the one before it, which half of another hides. */
function endOf(text: string): string {
  const characters = graphemes.segment(text)
  const last = characters.containing(text.length - 1)
  const start = characters.containing((last?.index ?? 0) - 1)?.index ?? 0
  return text.slice(start).slice(-LONGEST_CHARACTER)
}
