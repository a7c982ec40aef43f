/** More would be a list, not speech. */
const MAX_IDENTIFIERS = 8

/** Things with digits in them that a caller would spell out: order numbers, booking codes. */
export function identifiers(said: string): string[] {
  const found = said.match(/\b(?=\w*\d)[A-Z0-9][A-Z0-9-]{2,}\b/g) ?? []
  return found.slice(0, MAX_IDENTIFIERS)
}
