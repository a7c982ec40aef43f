const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/**
 * Where each code unit is a character: most of Latin, Greek, Cyrillic and East Asian text. Without the
 * carriage return, which is one character with a line feed.
 */
const PLAIN =
  /^[\0-\f\x0e-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9d]*$/
/** In code units. Longer ones exist, but no language writes them. */
export const LONGEST_CHARACTER = 64

/** Counts what a reader would call characters. */
export function countCharacters(text: string): number {
  if (PLAIN.test(text)) return text.length
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
