const WORD = String.raw`\p{Lu}[\p{L}'’-]*`

/** `in San Francisco`, `near St. Louis`, `to Boston, MA` */
const PLACE = new RegExp(
  String.raw`\b(?:in|at|near|for|to|from)\s(${WORD}(?:\.?\s${WORD})*(?:,\s${WORD})?)`,
  'u',
)

/** The place that a caller names, as far as its capitals tell. */
export function placeNamed(said: string): string | undefined {
  return PLACE.exec(said)?.[1]
}
