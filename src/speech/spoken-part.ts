import type { TextPiece } from './speakable-units.ts'

/** In code units. A voice speaks for two hours with as many. */
const MOST = 100_000

/** What of an answer is looked at as speech: all of it, but of an endless one. */
export function spokenPart(pieces: readonly TextPiece[]): TextPiece[] {
  const part: TextPiece[] = []
  let left = MOST
  for (const { text, atMs } of pieces) {
    if (left <= 0) break
    part.push({ text: text.length > left ? startOf(text, left) : text, atMs })
    left -= text.length
  }
  return part
}

/** Never ends within a character that takes two code units. */
function startOf(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Cs}$/u, '')
}
