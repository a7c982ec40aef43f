const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const ASCII = /^[\0-\x7f]*$/

/** Counts what a reader would call characters. */
export function countCharacters(text: string): number {
  return ASCII.test(text) ? text.length : Array.from(graphemes.segment(text)).length
}
