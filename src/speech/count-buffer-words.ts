import type { TextPiece } from './speakable-units.ts'

/** Words without another mark, and an ellipsis after them. */
const FILLER = /^[^.!?…。！？\n]*(?:\.{3,}|…)(?<space>\s*)$/u

/** Longer ones would be an answer. */
const LONGEST_FILLER = 200

/**
 * Counts the leading pieces that are buffer words: what a slow endpoint sends to be heard at once
 * while its answer is not there yet, such as `"Let me see... "`.
 *
 * They end in an ellipsis and white space, in one piece or several; one piece that ends in a bare
 * ellipsis counts too. Where nothing follows they are the answer, and the count is 0.
 *
 * @see https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm
 */
export function countBufferWords(pieces: readonly Pick<TextPiece, 'text'>[]): number {
  let count = 0
  let text = ''
  let first = 0
  for (const [i, piece] of pieces.entries()) {
    if (text === '') first = i
    text += piece.text
    if (text.length > LONGEST_FILLER) break
    const filler = FILLER.exec(text)
    if (filler && (filler.groups!['space'] !== '' || first === i)) {
      count = i + 1
      text = ''
    }
  }
  return pieces.slice(count).some((piece) => piece.text.trim() !== '') ? count : 0
}
