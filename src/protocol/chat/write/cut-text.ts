const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/**
 * Cuts text into pieces about the size of tokens: words with the space before them, and runs of
 * punctuation. A grapheme is never split.
 */
export function cutText(text: string): string[] {
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
