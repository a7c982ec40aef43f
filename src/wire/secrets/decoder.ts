import { rankOf } from './rank-of.ts'
import type { Units } from './units.ts'

/** A text without its escapes. */
export interface Decoded {
  readonly units: Units
  /** Where a character, or the end, stood in the text that was decoded. */
  readonly sourceOf: (at: number) => number
}

/** A character, or nothing, and how many characters it is spelled with. */
export interface Escape {
  readonly unit: number | undefined
  readonly length: number
}

/**
 * Makes a function that undoes one level of escapes; it gives `undefined` when there are none.
 *
 * `nextMark` finds where the next escape may begin, from some place on, or the end of the text;
 * `escapeAt` reads it.
 */
export function decoder(
  nextMark: (text: Units, from: number) => number,
  escapeAt: (text: Units, at: number) => Escape | undefined,
): (text: Units) => Decoded | undefined {
  return (text) => {
    let mark = nextMark(text, 0)
    if (mark === text.length) return undefined
    const units = new Uint16Array(text.length)
    // What follows the escapes: where in the decoded text, and where in the other.
    const ats = [0]
    const sources = [0]
    let length = 0
    let done = 0
    while (mark < text.length) {
      const escape = escapeAt(text, mark)
      if (!escape) {
        mark = nextMark(text, mark + 1)
        continue
      }
      if (mark > done) units.set(text.subarray(done, mark), length)
      length += mark - done
      if (escape.unit !== undefined) units[length++] = escape.unit
      done = mark + escape.length
      ats.push(length)
      sources.push(done)
      mark = nextMark(text, done)
    }
    if (done === 0) return undefined
    units.set(text.subarray(done), length)
    return {
      units: units.subarray(0, length + text.length - done),
      sourceOf(at) {
        const rank = rankOf(ats, at)
        return sources[rank]! + at - ats[rank]!
      },
    }
  }
}
