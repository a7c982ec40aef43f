/** Cuts a text to a length, and says so. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
