const WITHIN_LETTERS = String.raw`(?<=[A-Za-z])['.:](?=[A-Za-z])`
const WITHIN_DIGITS = String.raw`(?<=\d)['.,;](?=\d)`
const LONE = String.raw`_(?!\w)`
/** A word of ASCII, as Unicode has it. */
const WORD = String.raw`(?!${LONE})(?:\w|${WITHIN_LETTERS}|${WITHIN_DIGITS})+`
const PUNCTUATION = String.raw`(?:[^\s\w]|${LONE})+`
const ASCII_PIECE = new RegExp(String.raw`\s*(?:${WORD}|${PUNCTUATION})|\s+$`, 'g')

let segmenter: Intl.Segmenter | undefined

/**
 * Cuts text into pieces about the size of tokens: words with the space before them, and runs of
 * punctuation. A grapheme is never split.
 */
export function cutText(text: string): string[] {
  // What knows all scripts takes 10 ms to load, and ten times as long for each text.
  return /^\p{ASCII}*$/u.test(text) ? (text.match(ASCII_PIECE) ?? []) : cutByScript(text)
}

function cutByScript(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' })
  const pieces: string[] = []
  let space = ''
  let afterPunctuation = false
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (segment.trim() === '') {
      space += segment
    } else if (!isWordLike && afterPunctuation && space === '') {
      pieces.push(pieces.pop()! + segment)
    } else {
      pieces.push(space + segment)
      space = ''
      afterPunctuation = !isWordLike
    }
  }
  if (space !== '') pieces.push(space)
  return pieces
}
