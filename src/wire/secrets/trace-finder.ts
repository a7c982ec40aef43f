import type { Span } from '../sse.ts'
import { LEAST, type Spelling } from './spellings.ts'
import { tells } from './tells.ts'
import { type Units, unitsOf } from './units.ts'

/** So many characters in a row are looked up at once; no spelling is shorter. */
export const GRAM = 4
const HASHES = 0x1_0000
const SPACE = 0x20
/** A secret that repeats itself need not be compared at each of its repetitions. */
const MAX_PLACES = 8

/** Finds the spans of a text that tell a secret. */
export type FindTraces = (text: Units) => Span[]

/** A place in a spelling. */
interface Place {
  readonly spelling: Spelling
  readonly units: Units
  readonly at: number
  /** Whether a part of the spelling tells it, between such characters. */
  readonly tellsIt: (span: Span, before: string, after: string) => boolean
}

/**
 * Makes a function that finds spellings in a text, whatever their case, and the parts of them that
 * are long enough to tell what they are a part of.
 *
 * A text is looked at every few characters, since no trace is shorter than that.
 */
export function traceFinder(spellings: readonly Spelling[]): FindTraces {
  const table = placesOf(spellings)
  // Most of a text is in no spelling, and a map is slow to say so.
  const isKnown = new Uint8Array(HASHES)
  for (const hash of table.keys()) isKnown[hash] = 1
  const least = Math.min(...spellings.map((spelling) => spelling.least))
  const step = least - GRAM + 1
  return (text) => {
    const traces: Span[] = []
    let next = 0
    // A trace has `least` characters or more, and so, one after the other, at least `step` grams: to
    // look at every `step`-th place of the text is to meet each trace at one of its grams. From there
    // it is followed both ways, so it does not matter at which.
    for (let at = 0; at + GRAM <= text.length; at = Math.max(at + step, next)) {
      const hash = hashAt(text, at)
      if (isKnown[hash] === 0) continue
      let longest: Span = [at, at]
      for (const place of table.get(hash)!) {
        const [before, after] = agreement(text, at, place)
        if (before + after < place.spelling.least) continue
        const trace = [at - before, at + after] as const
        const isLonger = before + after > longest[1] - longest[0]
        if (isLonger && isTelling(text, trace, place, before)) longest = trace
        // What goes on beyond a trace shares its last characters.
        next = Math.max(next, trace[1] - least + 1)
      }
      if (longest[1] > at) traces.push(longest)
    }
    return traces
  }
}

/** The places of all grams, by their hashes. */
function placesOf(spellings: readonly Spelling[]): Map<number, Place[]> {
  const table = new Map<number, Place[]>()
  for (const spelling of spellings) {
    const units = unitsOf(spelling.text)
    const tellsIt = teller(spelling)
    for (let at = 0; at + GRAM <= units.length; at++) {
      const hash = hashAt(units, at)
      const places = table.get(hash) ?? []
      if (places.length === 0) table.set(hash, places)
      const own = places.filter((place) => place.spelling === spelling)
      if (own.length < MAX_PLACES) places.push({ spelling, units, at, tellsIt })
    }
  }
  return table
}

function hashAt(text: Units, at: number): number {
  let hash = 0
  for (let i = at; i < at + GRAM; i++) hash = (hash << 5) ^ folded(text[i]!)
  return (hash ^ (hash >>> 11)) & (HASHES - 1)
}

/** In lower case; in forms, a plus is a space. */
function folded(unit: number): number {
  if (unit >= 0x41 && unit <= 0x5a) return unit | 0x20
  return unit === 0x2b ? 0x20 : unit
}

/** How many characters before a place in a text, and from there on, are those of a spelling. */
function agreement(
  text: Units,
  at: number,
  { units, at: place }: Place,
): readonly [before: number, after: number] {
  const agrees = (by: number) => folded(text[at + by]!) === folded(units[place + by]!)
  const mostAfter = Math.min(text.length - at, units.length - place)
  let after = 0
  while (after < mostAfter && agrees(after)) after++
  if (after < GRAM) return [0, 0]
  const mostBefore = Math.min(at, place)
  let before = 0
  while (before < mostBefore && agrees(-before - 1)) before++
  return [before, after]
}

function isTelling(
  text: Units,
  [start, end]: Span,
  { at, tellsIt }: Place,
  before: number,
): boolean {
  const from = at - before
  const characterAt = (i: number) => String.fromCharCode(text[i] ?? SPACE)
  return tellsIt([from, from + end - start], characterAt(start - 1), characterAt(end))
}

const MAX_ANSWERS = 1_000

/** Remembers answers, since a text may repeat the same part of a spelling very often. */
function teller(spelling: Spelling): Place['tellsIt'] {
  const answers = new Map<string, boolean>()
  return (span, before, after) => {
    const question = `${span[0]},${span[1]},${before}${after}`
    let answer = answers.get(question)
    if (answer === undefined) {
      answer =
        !isPartOfNumber(spelling, span, before, after) && tells(spelling.text, span, before, after)
      if (answers.size < MAX_ANSWERS) answers.set(question, answer)
    }
    return answer
  }
}

/** Digits between digits are another number; in hexadecimal, they may be anything. */
function isPartOfNumber(
  { text, least }: Spelling,
  [start, end]: Span,
  before: string,
  after: string,
): boolean {
  if (least > LEAST || !/[0-9]/.test(before + after)) return false
  return /^[0-9]+$/.test(text.slice(start, end))
}
