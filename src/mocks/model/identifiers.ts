/** More would be a list, not speech. */
const MAX_IDENTIFIERS = 8

/** Things with digits in them that a caller would spell out: order numbers, booking codes; no dates. */
export function identifiers(said: string): string[] {
  const found = said.match(/(?<![\w-])(?=[A-Z-]{0,32}\d)[A-Z0-9][A-Z0-9-]{2,}(?![\w-])/g) ?? []
  return found.filter((each) => !/^\d{4}-\d\d(?:-\d\d)?$/.test(each)).slice(0, MAX_IDENTIFIERS)
}
