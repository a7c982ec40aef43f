/** Cuts a text to a length in UTF-16 code units, never within a character, and says so by a mark. */
export function clip(text: string, length: number, mark = '…'): string {
  return text.length > length ? text.slice(0, length).replace(/\p{Cs}$/u, '') + mark : text
}
