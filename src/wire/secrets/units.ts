/** The characters of a text, or the bytes of a body, as numbers: far quicker to go through. */
export type Units = Uint8Array | Uint16Array

export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i)
  return units
}
